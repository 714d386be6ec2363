package io.odibi.engine.jdbc;

import io.odibi.engine.failure.LastingFaultException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table that is written to: created if it is not there, and asked whether the rows fit. Used by one thread with one connection. */
final class TargetTable {

    private final Connection connection;
    private final SqlDialect dialect;
    private final TableName table;

    TargetTable(Connection connection, SqlDialect dialect, TableName table) {
        this.connection = connection;
        this.dialect = dialect;
        this.table = table;
    }

    /** Creates the table with these columns, if it is not there. */
    void create(List<WrittenColumn> columns, List<String> keys) throws SQLException {
        String all = columns.stream()
                .map(column -> {
                    boolean isKey = keys.contains(column.name());
                    return dialect.quoted(column.name()) + " "
                            + (isKey ? dialect.keyType(column.type()) + " NOT NULL" : column.type());
                })
                .collect(Collectors.joining(", "));
        String primary = keys.isEmpty() ? "" : ", PRIMARY KEY (" + dialect.list(keys) + ")";
        create("CREATE TABLE " + dialect.quoted(table) + " (" + all + primary + ")");
    }

    /** Creates the table by a statement, if it is not there. Another may do so at the same time. */
    void create(String statement) throws SQLException {
        try {
            columns();
        } catch (SQLException absent) {
            if (!dialect.isMissing(absent)) {
                throw absent;
            }
            try (Statement create = connection.createStatement()) {
                create.executeUpdate(statement);
            } catch (SQLException refused) {
                if (isMissing()) {
                    throw refused;
                }
            }
        }
    }

    private boolean isMissing() {
        try {
            columns();
            return false;
        } catch (SQLException still) {
            return true;
        }
    }

    /** Returns the names of the table's columns. */
    List<String> columns() throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet none = select.executeQuery("SELECT * FROM " + dialect.quoted(table) + " WHERE 1 = 0")) {
            ResultSetMetaData told = none.getMetaData();
            List<String> names = new ArrayList<>();
            for (int place = 1; place <= told.getColumnCount(); place++) {
                names.add(told.getColumnName(place));
            }
            return names;
        }
    }

    /**
     * Returns the table's names of columns: the same, or the only one that differs in upper and lower case.
     *
     * @throws LastingFaultException if the table lacks one
     */
    List<String> named(List<String> names) throws SQLException {
        List<String> known = columns();
        List<String> found = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String name : names) {
            List<String> alike = known.stream()
                    .filter(one -> known.contains(name) ? one.equals(name) : one.equalsIgnoreCase(name))
                    .toList();
            if (alike.size() == 1) {
                found.add(alike.get(0));
            } else {
                missing.add("'" + name + "'");
            }
        }
        if (!missing.isEmpty()) {
            throw new LastingFaultException("table " + table + " has no column " + String.join(", ", missing)
                    + "; its columns are " + String.join(", ", known)
                    + ": leave " + (missing.size() == 1 ? "it" : "them") + " out in a step, or add "
                    + (missing.size() == 1 ? "it" : "them") + " to the table");
        }
        return found;
    }

    /**
     * Looks for what keeps two rows with the same keys apart.
     *
     * @throws LastingFaultException if there is nothing
     */
    void requireUnique(List<String> keys) throws SQLException {
        if (dialect.needsUniqueKeys() && uniqueIndexes().stream().noneMatch(new HashSet<>(keys)::equals)) {
            throw new LastingFaultException("table " + table + " has no unique index over " + String.join(", ", keys)
                    + ", by which the database would know a row again; create one: CREATE UNIQUE INDEX "
                    + dialect.quoted(table.parts().get(table.parts().size() - 1) + "_keys") + " ON "
                    + dialect.quoted(table) + " (" + dialect.list(keys) + ")");
        }
    }

    private Set<Set<String>> uniqueIndexes() throws SQLException {
        List<String> parts = table.parts();
        String name = parts.get(parts.size() - 1);
        @Nullable String owner = parts.size() > 1 ? parts.get(parts.size() - 2) : null;
        boolean isCatalog = dialect == SqlDialect.MYSQL;
        Map<String, Set<String>> byName = new TreeMap<>();
        DatabaseMetaData about = connection.getMetaData();
        try (ResultSet index =
                about.getIndexInfo(isCatalog ? owner : null, isCatalog ? null : owner, name, true, true)) {
            while (index.next()) {
                boolean isWhole = index.getString("FILTER_CONDITION") == null;
                if (isWhole && index.getString("INDEX_NAME") != null && index.getString("COLUMN_NAME") != null) {
                    byName.computeIfAbsent(index.getString("INDEX_NAME"), any -> new HashSet<>())
                            .add(index.getString("COLUMN_NAME"));
                }
            }
        }
        return Set.copyOf(byName.values());
    }
}
