package io.odibi.engine.failure;

import io.odibi.core.error.OdibiException;
import io.odibi.core.execution.Failure;
import io.odibi.core.execution.Failure.FailedBatch;
import io.odibi.core.execution.Failure.Nature;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.Plan;
import io.odibi.core.port.StepException;
import io.odibi.engine.failure.KnownCauses.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells why a node failed, in one line for a person. */
public final class NodeFailures {

    private static final int DEEPEST = 50;

    private NodeFailures() {}

    /**
     * Returns why a node failed, that had no micro-batch in hand.
     *
     * @param plan the whole plan, for its secrets
     * @param node which node
     * @param cause what was thrown
     */
    public static Failure of(Plan plan, NodePlan node, Throwable cause) {
        return of(plan, node, cause, Optional.empty());
    }

    /**
     * Returns why a node failed.
     *
     * @param plan the whole plan, for its secrets
     * @param node which node
     * @param cause what was thrown
     * @param batch the micro-batch in hand
     */
    public static Failure of(Plan plan, NodePlan node, Throwable cause, Optional<FailedBatch> batch) {
        Redaction redaction = Redaction.of(plan);
        List<Throwable> chain = chain(cause);
        Told told = tell(chain, node);
        return new Failure(
                redaction.apply(told.words()),
                cause,
                told.nature(),
                batch.map(one -> new FailedBatch(one.number(), redaction.apply(one.offsets()))));
    }

    private static Told tell(List<Throwable> chain, NodePlan node) {
        for (Throwable one : chain) {
            if (one instanceof StepException step) {
                return new Told(step.finding().at() + ": " + step.finding().message(), Nature.LASTING);
            }
            if (one instanceof OdibiException) {
                return new Told(SparkMessage.firstLine(one), Natures.of(chain));
            }
        }
        Told told = KnownCauses.explain(chain, node).orElseGet(() -> new Told(rootMessage(chain), Natures.of(chain)));
        return new Told("cannot run node '" + node.id().node() + "': " + told.words(), told.nature());
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
