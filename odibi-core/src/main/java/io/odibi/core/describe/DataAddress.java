package io.odibi.core.describe;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.text.Located;
import io.odibi.core.text.Position;
import java.util.Optional;

/**
 * Which data a read or write is about.
 *
 * @param connection the connection; empty for formats that need none
 * @param table a table, if one is named
 * @param path a path, if one is named
 * @param at where the read or write was written
 */
public record DataAddress(
        Optional<Connection> connection, Optional<Located<String>> table, Optional<Located<String>> path, Position at) {

    /**
     * Returns the connection, if it is of a type; says so if it is not.
     *
     * @param type the connection type that the format needs
     */
    public Optional<Connection> connectionOf(String type, String format, Findings findings) {
        Optional<Connection> fitting = connection.filter(found -> found.type().equals(type));
        if (fitting.isEmpty()) {
            String found = connection
                    .map(other -> "connection '" + other.name() + "' is of type '" + other.type() + "'")
                    .orElse("no connection is named");
            findings.add(Finding.of(FindingCode.PLAN_CONNECTION_KIND, at, "format '" + format + "': " + found)
                    .allow("a connection of type " + type));
        }
        return fitting;
    }

    /**
     * Returns where the data lies: a table in the connection's catalog, or a path in its storage. Says so if neither or both are
     * named, or if the connection has no such thing. A {@code table} in a connection that has only storage is the folder of that
     * name.
     */
    public Optional<DataLocation> locate(String format, Findings findings) {
        if (table.isPresent() == path.isPresent()) {
            String message = "format '" + format + "' needs " + (table.isPresent() ? "only one of" : "either")
                    + " 'table' or 'path'";
            FindingCode code = table.isPresent() ? FindingCode.CONFIG_CONFLICT : FindingCode.CONFIG_MISSING_KEY;
            findings.add(Finding.of(code, at, message).fix("name one of them"));
            return Optional.empty();
        }
        Optional<String> namespace = connection.flatMap(Connection::namespace);
        if (table.isPresent() && namespace.isPresent()) {
            String name = table.get().value();
            return Optional.of(new DataLocation.InCatalog(name.contains(".") ? name : namespace.get() + "." + name));
        }
        String relative = table.or(() -> path).orElseThrow().value();
        Optional<String> resolved = Storage.isAbsolute(relative)
                ? Optional.of(relative)
                : connection.flatMap(Connection::storage).map(storage -> storage.resolve(relative));
        if (resolved.isEmpty()) {
            findings.add(Finding.of(
                            FindingCode.PLAN_CONNECTION_KIND,
                            table.or(() -> path).orElseThrow().at(),
                            connection
                                    .map(c -> "connection '" + c.name() + "' of type '" + c.type() + "' has no files")
                                    .orElse("'" + relative + "' is relative, and no connection is named"))
                    .fix("name a connection that has storage, such as one of type local, or write an absolute path"));
        }
        return resolved.map(DataLocation.AtPath::new);
    }
}
