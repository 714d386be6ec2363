package io.odibi.engine.upsert;

import io.delta.tables.DeltaMergeBuilder;
import io.delta.tables.DeltaTable;
import io.odibi.core.describe.DataLocation;
import io.odibi.core.describe.Target.BatchIdentity;
import io.odibi.core.describe.Target.BatchWriter;
import io.odibi.core.error.ExternalException;
import io.odibi.engine.delta.DeltaTables;
import io.odibi.engine.delta.NewDeltaTable;
import io.odibi.engine.failure.LastingFaultException;
import io.odibi.engine.upsert.UpsertSpec.SchemaChange;
import io.odibi.engine.upsert.UpsertSpec.Strategy;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
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
        Dataset<Row> stamped = stamped(rows);
        if (spec.strategy() == Strategy.DELETE_MATCH) {
            refuseMissingTable(session);
        } else {
            new NewDeltaTable(spec.location(), stamped.schema().asNullable(), spec.partitionBy(), spec.properties())
                    .makeIfMissing(session);
            refuseUnknownColumns(session, stamped);
        }
        SingleRows single = SingleRows.by(spec.location().toString(), spec.keys());
        SingleRows counting = spec.orderBy().map(single::newestBy).orElse(single);
        // Looked at for repeated keys, then merged: the sources are asked once, and that to their end, also where Delta
        // passes over the batch.
        Dataset<Row> kept = counting.of(stamped).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            if (repeatsDoNoHarm()) {
                kept.count();
            } else {
                counting.refuseRepeated(kept);
            }
            merge(session, kept, batch);
        } finally {
            kept.unpersist();
        }
    }

    private Dataset<Row> stamped(Dataset<Row> rows) {
        Dataset<Row> stamped = rows;
        for (String column : spec.audit().names()) {
            stamped = stamped.withColumn(column, functions.current_timestamp());
        }
        return stamped;
    }

    /** A row that goes, goes once, however often that is said. */
    private boolean repeatsDoNoHarm() {
        return spec.strategy() == Strategy.DELETE_MATCH && spec.deleteWhen().isEmpty();
    }

    private void refuseMissingTable(SparkSession session) {
        boolean isThere = spec.location()
                .fold(
                        path -> DeltaTable.isDeltaTable(session, path.path()),
                        table -> session.catalog().tableExists(table.name()));
        if (!isThere) {
            throw new ExternalException("cannot delete from " + spec.location() + ": there is no such Delta table");
        }
    }

    /** Delta passes over a column that the table lacks, and its values would be lost without a word. */
    private void refuseUnknownColumns(SparkSession session, Dataset<Row> rows) {
        if (spec.schema() == SchemaChange.ADDED) {
            return;
        }
        Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        known.addAll(List.of(DeltaTables.open(session, spec.location()).toDF().columns()));
        String unknown = Arrays.stream(rows.columns())
                .filter(column -> !known.contains(column))
                .map(column -> "'" + column + "'")
                .collect(Collectors.joining(", "));
        if (!unknown.isEmpty()) {
            String told = "cannot upsert into " + spec.location() + ": the table has no column " + unknown
                    + "; 'merge_schema: true' adds it, or leave it out in a step";
            throw new ExternalException(told, new LastingFaultException(told));
        }
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
        DeltaMergeBuilder merge =
                DeltaTables.open(session, spec.location()).as("target").merge(rows.as("source"), sameKey);
        if (spec.schema() == SchemaChange.ADDED) {
            merge = merge.withSchemaEvolution();
        }
        return new MergeClauses(spec, rows.columns()).on(merge);
    }
}
