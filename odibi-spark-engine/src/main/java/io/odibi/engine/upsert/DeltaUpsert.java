package io.odibi.engine.upsert;

import io.delta.tables.DeltaMergeBuilder;
import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import io.odibi.core.describe.DataLocation;
import io.odibi.core.describe.Target.BatchIdentity;
import io.odibi.core.describe.Target.BatchWriter;
import io.odibi.engine.upsert.UpsertSpec.SchemaChange;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Merges each batch into a Delta table. Of a stream, a merge carries the query and the number of its micro-batch as Delta's transaction
 * identifier, so one that is taken again after a failure changes nothing. The identifier has the query's id in it, which a new checkpoint
 * changes: a fixed one would make Delta pass over the batches of a stream that begins anew.
 */
public final class DeltaUpsert implements BatchWriter<Dataset<Row>> {

    private static final String APPLICATION = "spark.databricks.delta.write.txnAppId";
    private static final String VERSION = "spark.databricks.delta.write.txnVersion";
    private static final String QUERY_ID = "sql.streaming.queryId";

    private final UpsertSpec spec;

    /** Makes the writer of an upsert. */
    public DeltaUpsert(UpsertSpec spec) {
        this.spec = spec;
    }

    /** The table. */
    public DataLocation location() {
        return spec.location();
    }

    @Override
    public void write(Dataset<Row> rows, BatchIdentity batch) {
        SparkSession session = rows.sparkSession();
        createTable(session, rows);
        SingleRows single = SingleRows.by(spec.location().toString(), spec.keys());
        SingleRows counting = spec.orderBy().map(single::newestBy).orElse(single);
        // Looked at for repeated keys, then merged: the sources are asked once, and that to their end, also where Delta
        // passes over the
        // batch.
        Dataset<Row> kept = counting.of(rows).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            counting.refuseRepeated(kept);
            merge(session, kept, batch);
        } finally {
            kept.unpersist();
        }
    }

    private void createTable(SparkSession session, Dataset<Row> rows) {
        DeltaTableBuilder builder =
                DeltaTable.createIfNotExists(session).addColumns(rows.schema().asNullable());
        DeltaTableBuilder placed =
                spec.location().fold(path -> builder.location(path.path()), table -> builder.tableName(table.name()));
        if (!spec.partitionBy().isEmpty()) {
            placed.partitionedBy(spec.partitionBy().toArray(String[]::new));
        }
        spec.properties().forEach(placed::property);
        placed.execute();
    }

    private void merge(SparkSession session, Dataset<Row> rows, BatchIdentity batch) {
        boolean isStream = session.sparkContext().getLocalProperty(QUERY_ID) != null;
        if (isStream) {
            session.conf().set(APPLICATION, "odibi/" + batch.query());
            session.conf().set(VERSION, batch.number());
        }
        try {
            builder(session, rows).execute();
        } finally {
            session.conf().unset(APPLICATION);
            session.conf().unset(VERSION);
        }
    }

    private DeltaMergeBuilder builder(SparkSession session, Dataset<Row> rows) {
        String sameKey = spec.keys().stream()
                .map(key -> "target." + SingleRows.quoted(key) + " <=> source." + SingleRows.quoted(key))
                .collect(Collectors.joining(" AND "));
        DeltaMergeBuilder merge = table(session).as("target").merge(rows.as("source"), sameKey);
        if (spec.schema() == SchemaChange.ADDED) {
            merge = merge.withSchemaEvolution();
        }
        if (spec.deleteWhen().isPresent()) {
            merge = merge.whenMatched(spec.deleteWhen().get()).delete();
        }
        merge = spec.updateWhen().isPresent()
                ? merge.whenMatched(spec.updateWhen().get()).updateAll()
                : merge.whenMatched().updateAll();
        Optional<String> insertWhen = insertWhen();
        return insertWhen.isPresent()
                ? merge.whenNotMatched(insertWhen.get()).insertAll()
                : merge.whenNotMatched().insertAll();
    }

    /** A row that says that another goes is not added where that other never was. */
    private Optional<String> insertWhen() {
        Optional<String> notGone = spec.deleteWhen()
                .filter(condition -> !condition.toLowerCase(Locale.ROOT).contains("target."))
                .map(condition -> "NOT coalesce((" + condition + "), false)");
        return spec.insertWhen().isPresent() && notGone.isPresent()
                ? Optional.of("(" + spec.insertWhen().get() + ") AND " + notGone.get())
                : spec.insertWhen().or(() -> notGone);
    }

    private DeltaTable table(SparkSession session) {
        return spec.location()
                .<DeltaTable>fold(
                        path -> DeltaTable.forPath(session, path.path()),
                        table -> DeltaTable.forName(session, table.name()));
    }
}
