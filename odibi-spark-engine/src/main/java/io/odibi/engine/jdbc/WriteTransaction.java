package io.odibi.engine.jdbc;

import io.odibi.engine.failure.LastingFaultException;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/**
 * The one transaction in which a batch is written, with its row in the ledger. Carried out by one task, or by several attempts at it, of
 * which one writes.
 *
 * @param driver opens connections
 * @param ledger says what has been written
 * @param entry which batch this is
 * @param clearing a statement that goes before the rows; empty for none
 * @param statement what is done with each row
 * @param columns the columns of the rows, in the order of the statement's marks
 * @param keys places in {@code columns} that must have a value
 * @param batchSize rows that are sent in one go
 */
record WriteTransaction(
        DatabaseDriver driver,
        Ledger ledger,
        Ledger.Entry entry,
        String clearing,
        String statement,
        List<WrittenColumn> columns,
        List<Integer> keys,
        int batchSize)
        implements MapPartitionsFunction<Row, Long> {

    @Override
    public Iterator<Long> call(Iterator<Row> rows) throws Exception {
        return List.of(write(rows)).iterator();
    }

    /**
     * Writes the rows, and takes all of them also where the batch has been written before.
     *
     * @return how many were written
     * @throws SQLException if the database refuses them or has gone; nothing is written then, unless the commit itself was cut off
     */
    long write(Iterator<Row> rows) throws SQLException, ReflectiveOperationException {
        try (Connection connection = driver.open()) {
            connection.setAutoCommit(false);
            if (!ledger.take(connection, entry)) {
                while (rows.hasNext()) {
                    rows.next();
                }
                return 0;
            }
            try {
                long written = writeAll(connection, rows);
                ledger.forget(connection, entry);
                connection.commit();
                return written;
            } catch (SQLException | RuntimeException fault) {
                // Some drivers commit what is open when a connection is closed.
                rollBack(connection, fault);
                throw fault;
            }
        } catch (BatchUpdateException fault) {
            throw ofDatabase(fault);
        }
    }

    private long writeAll(Connection connection, Iterator<Row> rows) throws SQLException {
        if (!clearing.isEmpty()) {
            try (Statement clear = connection.createStatement()) {
                clear.executeUpdate(clearing);
            }
        }
        long written = 0;
        try (PreparedStatement write = connection.prepareStatement(statement)) {
            while (rows.hasNext()) {
                set(write, rows.next());
                write.addBatch();
                written++;
                if (written % batchSize == 0) {
                    write.executeBatch();
                }
            }
            if (written % batchSize != 0) {
                write.executeBatch();
            }
        }
        return written;
    }

    private void set(PreparedStatement write, Row row) throws SQLException {
        for (int key : keys) {
            if (row.isNullAt(key)) {
                throw new LastingFaultException(
                        "a row has no value in '" + columns.get(key).name()
                                + "', which is one of 'keys'; leave such rows out in a step, or name other keys");
            }
        }
        for (int place = 0; place < columns.size(); place++) {
            columns.get(place).set(write, place + 1, row.get(place));
        }
    }

    private static void rollBack(Connection connection, Exception fault) {
        try {
            connection.rollback();
        } catch (SQLException second) {
            fault.addSuppressed(second);
        }
    }

    /** What the database said; the driver's own words quote the rows. */
    private static SQLException ofDatabase(BatchUpdateException fault) {
        SQLException next = fault.getNextException();
        return next == null ? new SQLException("the database refuses the rows", fault.getSQLState()) : next;
    }
}
