package io.odibi.engine.jdbc;

import io.odibi.core.describe.Target.BatchIdentity;
import io.odibi.core.describe.Target.BatchWriter;
import io.odibi.core.model.Processing;
import io.odibi.core.model.WriteMode;
import io.odibi.engine.failure.LastingFaultException;
import io.odibi.engine.frames.TypedWriter;
import io.odibi.engine.upsert.SingleRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * Writes each batch to a table of a database in one transaction. The rows are made in as many tasks as Spark likes; one then writes them,
 * over one connection, since a transaction cannot span several.
 */
final class DatabaseWriter implements BatchWriter<Dataset<Row>>, TypedWriter {

    /** No attempt at a batch is thought to come back after that. */
    private static final Duration RUNS_REMEMBERED = Duration.ofDays(7);

    private final DatabaseWrite spec;
    private final SqlDialect dialect;
    private final Clock clock = Clock.systemUTC();
    private volatile @Nullable Prepared prepared;

    /** What is known of the table, for as long as all goes well. */
    private record Prepared(StructType rows, List<WrittenColumn> columns, List<String> names, List<Integer> keys) {}

    DatabaseWriter(DatabaseWrite spec) {
        this.spec = spec;
        this.dialect = SqlDialect.of(spec.url());
    }

    @Override
    public Optional<String> mend(StructField column) {
        return ColumnKind.of(column.dataType()).isPresent()
                ? Optional.empty()
                : Optional.of(WrittenColumn.mend(column));
    }

    @Override
    public void write(Dataset<Row> rows, BatchIdentity batch) {
        boolean isWritten = false;
        try {
            WriteTransaction transaction = transaction(prepare(rows.schema()), batch);
            if (spec.mode() == WriteMode.UPSERT) {
                upsert(rows, transaction);
            } else {
                carryOut(isOnePartition(rows) ? rows : rows.repartition(1), transaction);
            }
            isWritten = true;
        } catch (SQLException | ReflectiveOperationException fault) {
            throw new DatabaseFaultException(fault);
        } finally {
            if (!isWritten) {
                prepared = null;
            }
        }
    }

    private void upsert(Dataset<Row> rows, WriteTransaction transaction)
            throws SQLException, ReflectiveOperationException {
        SingleRows single = SingleRows.by(spec.table().toString(), spec.keys());
        SingleRows counting = spec.orderBy().map(single::newestBy).orElse(single);
        // Looked at for repeated keys, then written: the sources are asked once.
        Dataset<Row> kept = counting.of(rows).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            counting.refuseRepeated(kept);
            carryOut(kept.repartition(1), transaction);
        } finally {
            kept.unpersist();
        }
    }

    private static void carryOut(Dataset<Row> rows, WriteTransaction transaction)
            throws SQLException, ReflectiveOperationException {
        List<Long> written = rows.mapPartitions(transaction, Encoders.LONG()).collectAsList();
        if (written.isEmpty()) {
            // Spark runs no task for rows of which it knows that there are none; the table is to be emptied all the
            // same.
            transaction.write(Collections.emptyIterator());
        }
    }

    /** Only asked of micro-batches, which Spark has planned: to ask it of a batch may run a part of it. */
    private boolean isOnePartition(Dataset<Row> rows) {
        return spec.processing() == Processing.STREAMING
                && rows.queryExecution().toRdd().getNumPartitions() == 1;
    }

    private Prepared prepare(StructType rows) throws SQLException, ReflectiveOperationException {
        Prepared known = prepared;
        if (known != null && known.rows().equals(rows)) {
            return known;
        }
        List<WrittenColumn> columns = Arrays.stream(rows.fields())
                .map(field -> WrittenColumn.of(field, dialect, spec.url()))
                .toList();
        List<String> names = columns.stream().map(WrittenColumn::name).toList();
        List<Integer> keys = spec.keys().stream().map(key -> place(key, names)).toList();
        try (Connection connection = driver().open()) {
            TargetTable table = new TargetTable(connection, dialect, spec.table());
            table.create(columns, keys.stream().map(names::get).toList());
            List<String> named = table.named(names);
            if (spec.mode() == WriteMode.UPSERT) {
                table.requireUnique(keys.stream().map(named::get).toList());
            }
            Ledger ledger = new Ledger(spec.ledger(), dialect);
            new TargetTable(connection, dialect, spec.ledger()).create(ledger.creation());
            ledger.forgetRuns(connection, clock.instant().minus(RUNS_REMEMBERED));
            Prepared now = new Prepared(rows, columns, named, keys);
            prepared = now;
            return now;
        }
    }

    /** As Spark finds columns: upper and lower case are alike. */
    private static int place(String key, List<String> names) {
        for (int place = 0; place < names.size(); place++) {
            if (names.get(place).equalsIgnoreCase(key)) {
                return place;
            }
        }
        throw new LastingFaultException("the rows have no column '" + key + "', which 'keys' names; their columns are "
                + String.join(", ", names));
    }

    private WriteTransaction transaction(Prepared known, BatchIdentity batch) {
        String insert = dialect.insert(spec.table(), known.names());
        String statement = spec.mode() == WriteMode.UPSERT
                ? dialect.upsert(
                                spec.table(),
                                known.names(),
                                known.keys().stream().map(known.names()::get).toList())
                        .orElseThrow()
                : insert;
        return new WriteTransaction(
                driver(),
                new Ledger(spec.ledger(), dialect),
                spec.processing() == Processing.STREAMING
                        ? Ledger.Entry.ofQuery(batch.query(), batch.number())
                        : Ledger.Entry.ofRun(batch.query()),
                spec.mode() == WriteMode.OVERWRITE ? "DELETE FROM " + dialect.quoted(spec.table()) : "",
                statement,
                known.columns(),
                known.keys(),
                spec.batchSize());
    }

    private DatabaseDriver driver() {
        return DatabaseDriver.of(spec.options(), dialect);
    }
}
