package io.odibi.engine.failure;

import io.odibi.core.error.OdibiException;
import io.odibi.core.execution.Failure;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.Plan;
import io.odibi.core.port.StepException;
import java.util.ArrayList;
import java.util.List;

/** Tells why a node failed, in one line for a person. */
public final class NodeFailures {

    private static final int DEEPEST = 50;

    private NodeFailures() {}

    /**
     * Returns why a node failed.
     *
     * @param plan the whole plan, for its secrets
     * @param node which node
     * @param cause what was thrown
     */
    public static Failure of(Plan plan, NodePlan node, Throwable cause) {
        Redaction redaction = Redaction.of(plan);
        List<Throwable> chain = chain(cause);
        for (Throwable one : chain) {
            if (one instanceof StepException step) {
                String told = step.finding().at() + ": " + step.finding().message();
                return new Failure(redaction.apply(told), cause);
            }
            if (one instanceof OdibiException) {
                return new Failure(redaction.apply(SparkMessage.firstLine(one)), cause);
            }
        }
        String reason = KnownCauses.explain(chain, node).orElseGet(() -> rootMessage(chain));
        return new Failure(redaction.apply("cannot run node '" + node.id().node() + "': " + reason), cause);
    }

    private static List<Throwable> chain(Throwable cause) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable one = cause;
                one != null && chain.size() < DEEPEST && !chain.contains(one);
                one = one.getCause()) {
            chain.add(one);
        }
        return chain;
    }

    /** What the deepest cause says, or the deepest that says anything. */
    private static String rootMessage(List<Throwable> chain) {
        for (int deep = chain.size() - 1; deep >= 0; deep--) {
            String line = SparkMessage.firstLine(chain.get(deep));
            if (!line.isEmpty()) {
                return line;
            }
        }
        return "an unexpected fault; '--debug' shows it";
    }
}
