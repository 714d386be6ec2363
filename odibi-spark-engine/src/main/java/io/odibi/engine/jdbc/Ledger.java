package io.odibi.engine.jdbc;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;

/**
 * The table that says which batches have been written. Its row is taken before the rows of the batch, in their transaction: who comes
 * second, be it another attempt at the same task or a process that was thought dead, waits at the key until the first has ended, and then
 * sees what became of it.
 *
 * @param table the ledger's name
 * @param dialect how the database writes things
 */
record Ledger(TableName table, SqlDialect dialect) implements Serializable {

    private static final String QUERY = "query";
    private static final String BATCH = "batch";
    private static final String WRITTEN_AT = "written_at";

    /** Micro-batches of a query that are remembered: only the last can come again, the others are for people. */
    private static final long REMEMBERED = 100;

    /** What the names of runs begin with, so that they are told from the ids of queries. */
    private static final String RUN = "run/";

    /**
     * A batch as the ledger knows it.
     *
     * @param query the id of a query, or the name of a node in a run
     * @param number counts up
     */
    record Entry(String query, long number) implements Serializable {

        /** A micro-batch of a stream. */
        static Entry ofQuery(String id, long number) {
            return new Entry(id, number);
        }

        /** The one batch of a node in a run. */
        static Entry ofRun(String name) {
            return new Entry(RUN + name, 0);
        }
    }

    /** Returns the statement that creates the ledger. */
    String creation() {
        return "CREATE TABLE " + dialect.quoted(table) + " (" + dialect.quoted(QUERY) + " VARCHAR(400) NOT NULL, "
                + dialect.quoted(BATCH) + " " + dialect.whole() + " NOT NULL, " + dialect.quoted(WRITTEN_AT) + " "
                + dialect.instant()
                + " NOT NULL, PRIMARY KEY (" + dialect.list(List.of(QUERY, BATCH)) + "))";
    }

    /**
     * Writes a batch down in the transaction at hand; waits for another transaction that has done so.
     *
     * @return false if the batch has been written; the transaction is over then
     */
    boolean take(Connection connection, Entry entry) throws SQLException {
        String sql = "INSERT INTO " + dialect.quoted(table) + " (" + dialect.list(List.of(QUERY, BATCH, WRITTEN_AT))
                + ") VALUES (?, ?, CURRENT_TIMESTAMP)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, entry.query());
            insert.setLong(2, entry.number());
            insert.executeUpdate();
            return true;
        } catch (SQLException fault) {
            // Databases do not agree on how a key that is there is told, so the ledger is asked.
            if (isTaken(connection, entry, fault)) {
                return false;
            }
            throw fault;
        }
    }

    private boolean isTaken(Connection connection, Entry entry, SQLException fault) throws SQLException {
        try {
            connection.rollback();
            String sql = "SELECT 1 FROM " + dialect.quoted(table) + " WHERE " + dialect.quoted(QUERY) + " = ? AND "
                    + dialect.quoted(BATCH) + " = ?";
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setString(1, entry.query());
                select.setLong(2, entry.number());
                try (ResultSet found = select.executeQuery()) {
                    return found.next();
                }
            }
        } catch (SQLException second) {
            fault.addSuppressed(second);
            throw fault;
        }
    }

    /** Forgets old micro-batches of a query. */
    void forget(Connection connection, Entry entry) throws SQLException {
        String sql = "DELETE FROM " + dialect.quoted(table) + " WHERE " + dialect.quoted(QUERY) + " = ? AND "
                + dialect.quoted(BATCH) + " <= ?";
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setString(1, entry.query());
            delete.setLong(2, entry.number() - REMEMBERED);
            delete.executeUpdate();
        }
    }

    /** Forgets runs that were written before a time. */
    void forgetRuns(Connection connection, Instant before) throws SQLException {
        String sql = "DELETE FROM " + dialect.quoted(table) + " WHERE " + dialect.quoted(QUERY) + " LIKE '" + RUN
                + "%' AND " + dialect.quoted(WRITTEN_AT) + " < ?";
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setTimestamp(1, Timestamp.from(before));
            delete.executeUpdate();
        }
    }
}
