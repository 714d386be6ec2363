package io.odibi.core.describe;

import java.util.Objects;
import java.util.Optional;

/**
 * A connection, described.
 *
 * @param name as the project names it
 * @param type the connection type's name
 * @param options what every read and write through it hands to the engine
 * @param storage where relative paths start; empty where there are no files
 * @param namespace what comes before the name of a table ({@code catalog.schema}); empty where tables stand alone
 * @param session what the engine's session needs for it, such as credentials of a file system
 */
public record Connection(
        String name,
        String type,
        Options options,
        Optional<Storage> storage,
        Optional<String> namespace,
        Options session) {

    public Connection {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
    }

    /** Returns a connection to a system without files or tables. */
    public static Connection toSystem(String name, String type, Options options) {
        return new Connection(name, type, options, Optional.empty(), Optional.empty(), Options.none());
    }

    /** Returns a connection to a place for files. */
    public static Connection toStorage(String name, String type, Storage storage, Options session) {
        return new Connection(name, type, Options.none(), Optional.of(storage), Optional.empty(), session);
    }

    /** Returns a connection to a catalog of tables. */
    public static Connection toCatalog(String name, String type, String namespace, Options session) {
        return new Connection(name, type, Options.none(), Optional.empty(), Optional.of(namespace), session);
    }
}
