package io.odibi.testkit;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.DataAddress;
import io.odibi.core.text.Located;
import io.odibi.core.text.Position;
import java.util.Optional;

/** Makes addresses of data as the planner makes them from a read or write. */
public final class Addresses {

    private static final Position AT = new Position(ConfigValues.FILE, 1, 1);

    private Addresses() {}

    /** Returns the address of a read or write that names no connection. */
    public static DataAddress none() {
        return new DataAddress(Optional.empty(), Optional.empty(), Optional.empty(), AT);
    }

    /** Returns the address of a read or write that names a connection and nothing else. */
    public static DataAddress through(Connection connection) {
        return new DataAddress(Optional.of(connection), Optional.empty(), Optional.empty(), AT);
    }

    /** Returns the address of a table. */
    public static DataAddress ofTable(Connection connection, String table) {
        return new DataAddress(Optional.of(connection), Optional.of(new Located<>(table, AT)), Optional.empty(), AT);
    }

    /** Returns the address of a path. */
    public static DataAddress ofPath(Connection connection, String path) {
        return new DataAddress(Optional.of(connection), Optional.empty(), Optional.of(new Located<>(path, AT)), AT);
    }
}
