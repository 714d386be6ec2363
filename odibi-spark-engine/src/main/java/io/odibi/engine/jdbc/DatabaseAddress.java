package io.odibi.engine.jdbc;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.DataAddress;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.text.Located;
import java.util.Optional;

/** Where in a database the rows of a read or write are. */
final class DatabaseAddress {

    static final String URL = "url";
    static final String DRIVER = "driver";

    private DatabaseAddress() {}

    /** Returns the connection, if it is one to a database that the format is for; says so if it is not. */
    static Optional<Connection> connection(DatabaseFormat format, DataAddress address, Findings findings) {
        Optional<Connection> fitting = address.connection()
                .filter(found -> url(found).isPresent()
                        && format.fits(SqlDialect.of(url(found).get())));
        if (fitting.isEmpty()) {
            String found = address.connection()
                    .map(other -> "connection '" + other.name() + "' is of type '" + other.type() + "'")
                    .orElse("no connection is named");
            findings.add(Finding.of(
                            FindingCode.PLAN_CONNECTION_KIND, address.at(), "format '" + format.word() + "': " + found)
                    .allow("a connection of type " + format.connectionTypes()));
        }
        return fitting;
    }

    /** Returns the table that is named; empty if none is. Says so if it is no name, or if a path is named as well. */
    static Optional<TableName> table(DatabaseFormat format, DataAddress address, Findings findings) {
        if (address.path().isPresent()) {
            findings.add(Finding.of(
                            FindingCode.CONFIG_CONFLICT,
                            address.path().get().at(),
                            "format '" + format.word() + "' has no 'path'")
                    .why("a database has tables, not files")
                    .fix("name a 'table'"));
            return Optional.empty();
        }
        Optional<Located<String>> written = address.table();
        Optional<TableName> name = written.map(Located::value).flatMap(TableName::parse);
        if (written.isPresent() && name.isEmpty()) {
            findings.add(
                    Finding.of(FindingCode.CONFIG_VALUE, written.get().at(), "'table' cannot be this")
                            .allow(
                                    "table, schema.table or catalog.schema.table; a part with a dot in it stands in double quotes"));
        }
        return name;
    }

    static Optional<String> url(Connection connection) {
        return Optional.ofNullable(connection.options().plain().get(URL)).filter(url -> url.startsWith("jdbc:"));
    }
}
