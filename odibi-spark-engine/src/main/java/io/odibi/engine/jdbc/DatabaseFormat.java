package io.odibi.engine.jdbc;

import java.util.Set;

/**
 * One of the names of the format.
 *
 * @param word the name
 * @param system what it is for, with its article
 * @param dialects the databases that it is for
 * @param connectionTypes types of connections to them, for a message
 */
record DatabaseFormat(String word, String system, Set<SqlDialect> dialects, String connectionTypes) {

    private static final String ANY = "postgres, sql_server or jdbc";

    DatabaseFormat {
        dialects = Set.copyOf(dialects);
    }

    static DatabaseFormat any(String word) {
        return new DatabaseFormat(word, "a database", Set.of(SqlDialect.values()), ANY);
    }

    static DatabaseFormat postgres(String word) {
        return new DatabaseFormat(
                word,
                "a PostgreSQL database",
                Set.of(SqlDialect.POSTGRES),
                "postgres, or jdbc with a URL of PostgreSQL");
    }

    static DatabaseFormat sqlServer(String word) {
        return new DatabaseFormat(
                word,
                "a SQL Server database",
                Set.of(SqlDialect.SQL_SERVER),
                "sql_server, or jdbc with a URL of SQL Server");
    }

    boolean fits(SqlDialect dialect) {
        return dialects.contains(dialect);
    }
}
