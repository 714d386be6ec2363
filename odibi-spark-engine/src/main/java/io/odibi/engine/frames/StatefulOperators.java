package io.odibi.engine.frames;

import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Deduplicate;
import org.apache.spark.sql.catalyst.plans.logical.DeduplicateWithinWatermark;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.EventTimeWatermark;
import org.apache.spark.sql.catalyst.plans.logical.FlatMapGroupsWithState;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** What of a streaming plan remembers rows between micro-batches. */
final class StatefulOperators {

    private StatefulOperators() {}

    /** Whether the rows come out of an operator with state. */
    static boolean areIn(Dataset<?> rows) {
        return any(analyzed(rows), StatefulOperators::isStateful);
    }

    /** Whether a watermark is set anywhere below: Spark refuses a second one on the same path, but only once data flows. */
    static boolean isWatermarked(Dataset<?> rows) {
        return any(analyzed(rows), plan -> plan instanceof EventTimeWatermark);
    }

    private static LogicalPlan analyzed(Dataset<?> rows) {
        return rows.queryExecution().analyzed();
    }

    private static boolean isStateful(LogicalPlan plan) {
        if (plan instanceof Join join) {
            return join.left().isStreaming() && join.right().isStreaming();
        }
        return plan.isStreaming()
                && (plan instanceof Aggregate
                        || plan instanceof Deduplicate
                        || plan instanceof DeduplicateWithinWatermark
                        || plan instanceof Distinct
                        || plan instanceof GlobalLimit
                        || plan instanceof FlatMapGroupsWithState);
    }

    private static boolean any(LogicalPlan plan, Predicate<LogicalPlan> is) {
        if (is.test(plan)) {
            return true;
        }
        var children = plan.children().iterator();
        while (children.hasNext()) {
            if (any(children.next(), is)) {
                return true;
            }
        }
        return false;
    }
}
