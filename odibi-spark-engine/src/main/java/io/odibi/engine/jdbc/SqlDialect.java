package io.odibi.engine.jdbc;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a database writes the few statements that a write needs. Chosen by the URL. */
enum SqlDialect {
    /** PostgreSQL, and what speaks its protocol. */
    POSTGRES("TIMESTAMP WITH TIME ZONE", "TIMESTAMP", "42P01", "postgresql") {
        @Override
        Optional<String> upsert(TableName table, List<String> columns, List<String> keys) {
            return Optional.of(onConflict(table, columns, keys));
        }
    },
    /** SQL Server and Azure SQL. */
    SQL_SERVER("DATETIME2", "DATETIME2", "S0002", "sqlserver") {
        @Override
        String quoted(String name) {
            return "[" + name.replace("]", "]]") + "]";
        }

        /** HOLDLOCK keeps another writer from adding the same key between the look and the write. */
        @Override
        Optional<String> upsert(TableName table, List<String> columns, List<String> keys) {
            List<String> others = without(columns, keys);
            String update = others.isEmpty()
                    ? ""
                    : " WHEN MATCHED THEN UPDATE SET " + each(others, name -> name + " = source." + name);
            return Optional.of("MERGE INTO " + quoted(table) + " WITH (HOLDLOCK) AS target USING (VALUES ("
                    + marks(columns) + ")) AS source (" + list(columns) + ") ON "
                    + keys.stream()
                            .map(this::quoted)
                            .map(name -> "target." + name + " = source." + name)
                            .collect(Collectors.joining(" AND "))
                    + update
                    + " WHEN NOT MATCHED THEN INSERT (" + list(columns) + ") VALUES ("
                    + each(columns, name -> "source." + name) + ");");
        }

        @Override
        String keyType(String type) {
            return type.toUpperCase(Locale.ROOT).startsWith("NVARCHAR(MAX)") ? "NVARCHAR(400)" : type;
        }
    },
    /** MySQL and MariaDB. */
    MYSQL("TIMESTAMP(6)", "DATETIME(6)", "42S02", "mysql|mariadb") {
        @Override
        String quoted(String name) {
            return "`" + name.replace("`", "``") + "`";
        }

        @Override
        Optional<String> upsert(TableName table, List<String> columns, List<String> keys) {
            List<String> others = without(columns, keys);
            return Optional.of(insert(table, columns) + " ON DUPLICATE KEY UPDATE "
                    + each(others.isEmpty() ? keys : others, name -> name + " = VALUES(" + name + ")"));
        }

        @Override
        String keyType(String type) {
            return type.toUpperCase(Locale.ROOT).contains("TEXT") ? "VARCHAR(255)" : type;
        }
    },
    /** SQLite. */
    SQLITE("TIMESTAMP", "TIMESTAMP", "", "sqlite") {
        @Override
        Optional<String> upsert(TableName table, List<String> columns, List<String> keys) {
            return Optional.of(onConflict(table, columns, keys));
        }
    },
    /** Any other: what the SQL standard has. */
    OTHER("TIMESTAMP", "TIMESTAMP", "42S02|42S04|42704|42000|42X05", "");

    private final String instant;
    private final String local;
    private final String missing;
    private final String subprotocols;

    /**
     * A dialect.
     *
     * @param missing SQLSTATEs that say that a table does not exist, as a pattern
     * @param subprotocols what comes after {@code jdbc:} in its URLs, as a pattern
     */
    SqlDialect(String instant, String local, String missing, String subprotocols) {
        this.instant = instant;
        this.local = local;
        this.missing = missing;
        this.subprotocols = subprotocols;
    }

    /** Returns the dialect of the database at a URL. */
    static SqlDialect of(String url) {
        String[] parts = url.toLowerCase(Locale.ROOT).split(":", 3);
        return Arrays.stream(values())
                .filter(dialect -> parts.length == 3 && parts[1].matches(dialect.subprotocols))
                .findFirst()
                .orElse(OTHER);
    }

    /** The type of a point in time, with as many digits as Spark has where the database has them. */
    String instant() {
        return instant;
    }

    /** The type of a date with a time of day, of no time zone. */
    String local() {
        return local;
    }

    /** The type of a whole number of 64 bits. */
    String whole() {
        return this == OTHER ? "DECIMAL(19)" : "BIGINT";
    }

    /** Whether the keys of an upsert need a unique index, without which rows would be added twice, or refused. */
    boolean needsUniqueKeys() {
        return this != SQL_SERVER;
    }

    /** Whether there is a statement that adds a row or changes the one with its keys. */
    boolean canUpsert() {
        return this != OTHER;
    }

    /** Returns a name in quotes. */
    String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /** Returns a table's name in quotes. */
    final String quoted(TableName table) {
        return table.parts().stream().map(this::quoted).collect(Collectors.joining("."));
    }

    /** Returns names in quotes, with commas. */
    final String list(List<String> names) {
        return each(names, name -> name);
    }

    /** Returns the type of a column that is a key, which may not be of any length. */
    String keyType(String type) {
        return type;
    }

    /** Returns the statement that adds a row. */
    final String insert(TableName table, List<String> columns) {
        return "INSERT INTO " + quoted(table) + " (" + list(columns) + ") VALUES (" + marks(columns) + ")";
    }

    /** Returns the statement that adds a row or changes the one with its keys; empty where there is none. */
    Optional<String> upsert(TableName table, List<String> columns, List<String> keys) {
        return Optional.empty();
    }

    /** Whether a fault says that a table does not exist. */
    final boolean isMissing(SQLException fault) {
        @Nullable String state = fault.getSQLState();
        @Nullable String message = fault.getMessage();
        return (state != null && state.matches(missing)) || (message != null && message.contains("no such table"));
    }

    final String onConflict(TableName table, List<String> columns, List<String> keys) {
        List<String> others = without(columns, keys);
        return insert(table, columns) + " ON CONFLICT (" + list(keys) + ") DO "
                + (others.isEmpty() ? "NOTHING" : "UPDATE SET " + each(others, name -> name + " = EXCLUDED." + name));
    }

    final String each(List<String> names, UnaryOperator<String> write) {
        return names.stream().map(this::quoted).map(write).collect(Collectors.joining(", "));
    }

    private static String marks(List<String> columns) {
        return columns.stream().map(column -> "?").collect(Collectors.joining(", "));
    }

    private static List<String> without(List<String> columns, List<String> keys) {
        return columns.stream().filter(column -> !keys.contains(column)).toList();
    }
}
