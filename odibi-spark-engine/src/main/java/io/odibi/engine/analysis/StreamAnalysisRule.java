package io.odibi.engine.analysis;

import io.odibi.core.port.CheckContext;
import io.odibi.core.port.Rule;
import io.odibi.engine.session.EngineSession;
import org.apache.spark.sql.SparkSession;

/**
 * The third look at a plan: Spark analyses the steps of every node over empty inputs, so that faults in SQL, in watermarks and in what
 * streams may do are told before anything starts. Loads Spark when it is first asked about a plan that has something to look at.
 */
public final class StreamAnalysisRule implements Rule {

    @Override
    public void check(CheckContext context) {
        boolean isWorthwhile = context.plan().nodes().stream().anyMatch(node -> !context.isBroken(node.id()));
        if (isWorthwhile) {
            analyze(context);
        }
    }

    private static void analyze(CheckContext context) {
        SparkSession shared =
                EngineSession.of(context.resources(), context.plan()).spark();
        // A clone has the settings of the run's session, and keeps what steps register to itself.
        SparkSession own = shared.cloneSession();
        own.withActive(() -> {
            new PlanAnalysis(context, own).check();
            return own;
        });
    }
}
