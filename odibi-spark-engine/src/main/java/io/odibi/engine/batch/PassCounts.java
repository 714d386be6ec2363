package io.odibi.engine.batch;

import io.odibi.core.execution.RowCounts;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.CollectMetrics;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.CommandResultExec;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import org.apache.spark.sql.execution.command.DataWritingCommandExec;
import org.apache.spark.sql.execution.datasources.SaveIntoDataSourceCommand;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.util.QueryExecutionListener;
import org.jspecify.annotations.Nullable;
import scala.collection.JavaConverters;

/**
 * Counts rows in the pass that writes them. What goes out is counted on top of the plan; what came in, Spark's scans count by
 * themselves: to count there would keep filters and columns from reaching the files.
 */
final class PassCounts implements QueryExecutionListener, AutoCloseable {

    /** Spark tells of a finished pass on another thread, a moment after it. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final String SCANNED = "numOutputRows";

    private final SparkSession spark;
    private final String name;
    private final CompletableFuture<RowCounts> counted = new CompletableFuture<>();

    PassCounts(SparkSession spark, String name) {
        this.spark = spark;
        this.name = name;
        spark.listenerManager().register(this);
    }

    /** Returns rows that are counted while they are written. */
    Dataset<Row> on(Dataset<Row> rows) {
        return rows.observe(name, functions.count(functions.lit(1)).as("rows"));
    }

    /** Returns the counts of the pass that has ended; unknown where Spark does not tell. */
    RowCounts await() throws InterruptedException {
        try {
            return counted.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException untold) {
            return RowCounts.unknown();
        }
    }

    @Override
    public void onSuccess(String action, QueryExecution pass, long nanos) {
        var metrics = pass.observedMetrics();
        if (metrics.contains(name)) {
            Scans scans = new Scans();
            scans.add(pass.executedPlan());
            OptionalLong in = scans.known ? OptionalLong.of(scans.rows) : OptionalLong.empty();
            counted.complete(
                    new RowCounts(in, OptionalLong.of(metrics.apply(name).getLong(0))));
        } else if (pass.analyzed() instanceof SaveIntoDataSourceCommand save && counts(save.query())) {
            // A sink of Spark's first interface runs the rows itself, and nobody is told how many it took.
            counted.complete(RowCounts.unknown());
        }
    }

    private boolean counts(LogicalPlan plan) {
        return (plan instanceof CollectMetrics metrics && metrics.name().equals(name))
                || JavaConverters.seqAsJavaList(plan.children()).stream().anyMatch(this::counts);
    }

    @Override
    public void onFailure(String action, QueryExecution pass, Exception fault) {
        // The failure itself reaches the node.
    }

    @Override
    public void close() {
        spark.listenerManager().unregister(this);
    }

    /** Sums what the leaves of a finished plan have read. */
    private static final class Scans {
        private long rows;
        private boolean known = true;

        private void add(SparkPlan plan) {
            SparkPlan inner = inner(plan);
            if (inner != null) {
                add(inner);
                return;
            }
            if (plan.children().isEmpty()) {
                if (plan.metrics().contains(SCANNED)) {
                    rows += plan.metrics().apply(SCANNED).value();
                } else {
                    known = false;
                }
            }
            var children = plan.children().iterator();
            while (children.hasNext()) {
                add(children.next());
            }
        }

        private static @Nullable SparkPlan inner(SparkPlan plan) {
            if (plan instanceof AdaptiveSparkPlanExec adaptive) {
                return adaptive.executedPlan();
            }
            if (plan instanceof QueryStageExec stage) {
                return stage.plan();
            }
            if (plan instanceof CommandResultExec command) {
                return command.commandPhysicalPlan();
            }
            return plan instanceof DataWritingCommandExec write ? write.child() : null;
        }
    }
}
