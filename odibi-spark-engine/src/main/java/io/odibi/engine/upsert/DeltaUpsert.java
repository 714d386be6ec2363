package io.odibi.engine.upsert;

import io.delta.tables.DeltaMergeBuilder;
import io.odibi.core.describe.DataLocation;
import io.odibi.core.describe.Target.BatchIdentity;
import io.odibi.core.describe.Target.BatchWriter;
import io.odibi.core.error.ExternalException;
import io.odibi.engine.delta.DeltaTables;
import io.odibi.engine.delta.NewDeltaTable;
import io.odibi.engine.upsert.UpsertSpec.SchemaChange;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
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
    private static final String RANK = "__odibi_rank";
    private static final String COUNT = "__odibi_count";
    private static final int SHOWN = 3;

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
        new NewDeltaTable(spec.location(), rows.schema().asNullable(), spec.partitionBy(), spec.properties())
                .makeIfMissing(session);
        Dataset<Row> single = spec.orderBy().map(column -> newest(rows, column)).orElse(rows);
        // Looked at for repeated keys, then merged: the sources are asked once, and that to their end, also where Delta
        // passes over the
        // batch.
        Dataset<Row> kept = single.persist(StorageLevel.MEMORY_AND_DISK());
        try {
            refuseRepeatedKeys(kept);
            merge(session, kept, batch);
        } finally {
            kept.unpersist();
        }
    }

    private Dataset<Row> newest(Dataset<Row> rows, String column) {
        Column rank = functions
                .row_number()
                .over(Window.partitionBy(keys())
                        .orderBy(functions.col(quoted(column)).desc_nulls_last()));
        return rows.withColumn(RANK, rank).where(functions.col(RANK).equalTo(1)).drop(RANK);
    }

    private void refuseRepeatedKeys(Dataset<Row> rows) {
        List<Row> repeated = rows.groupBy(keys())
                .agg(functions.count(functions.lit(1)).as(COUNT))
                .where(functions.col(COUNT).gt(1))
                .limit(SHOWN)
                .collectAsList();
        if (!repeated.isEmpty()) {
            throw new ExternalException("cannot upsert into " + spec.location() + ": in one batch are "
                    + repeated.stream().map(this::words).collect(Collectors.joining(", "))
                    + "; 'order_by' names the column whose greatest value wins");
        }
    }

    private String words(Row repeated) {
        long count = repeated.getLong(spec.keys().size());
        return count + " rows with "
                + spec.keys().stream()
                        .map(key -> key + " = " + repeated.get(spec.keys().indexOf(key)))
                        .collect(Collectors.joining(" and "));
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
                .map(key -> "target." + quoted(key) + " <=> source." + quoted(key))
                .collect(Collectors.joining(" AND "));
        DeltaMergeBuilder merge =
                DeltaTables.open(session, spec.location()).as("target").merge(rows.as("source"), sameKey);
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

    private Column[] keys() {
        return spec.keys().stream().map(key -> functions.col(quoted(key))).toArray(Column[]::new);
    }

    private static String quoted(String column) {
        return Arrays.stream(column.split("\\.", -1))
                .map(part -> "`" + part.replace("`", "``") + "`")
                .collect(Collectors.joining("."));
    }
}
