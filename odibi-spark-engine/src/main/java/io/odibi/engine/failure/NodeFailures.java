package io.odibi.engine.failure;

import io.odibi.core.error.OdibiException;
import io.odibi.core.execution.Explanation;
import io.odibi.core.execution.Failure;
import io.odibi.core.execution.Failure.FailedBatch;
import io.odibi.core.execution.Failure.Nature;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.Plan;
import io.odibi.core.port.FailureExplainer;
import io.odibi.core.port.StepException;
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
     * @param known what the connectors know of failures
     * @param node which node
     * @param cause what was thrown
     */
    public static Failure of(Plan plan, FailureExplainer known, NodePlan node, Throwable cause) {
        return of(plan, known, node, cause, Optional.empty());
    }

    /**
     * Returns why a node failed.
     *
     * @param plan the whole plan, for its secrets
     * @param known what the connectors know of failures
     * @param node which node
     * @param cause what was thrown
     * @param batch the micro-batch in hand
     */
    public static Failure of(
            Plan plan, FailureExplainer known, NodePlan node, Throwable cause, Optional<FailedBatch> batch) {
        Redaction redaction = Redaction.of(plan);
        List<Throwable> chain = chain(cause);
        Explanation told = tell(chain, known, node);
        return new Failure(
                redaction.apply(told.words()),
                cause,
                told.nature(),
                batch.map(one -> new FailedBatch(one.number(), redaction.apply(one.offsets()))));
    }

    private static Explanation tell(List<Throwable> chain, FailureExplainer known, NodePlan node) {
        for (Throwable one : chain) {
            if (one instanceof StepException step) {
                return new Explanation(
                        step.finding().at() + ": " + step.finding().message(), Nature.LASTING);
            }
            if (one instanceof OdibiException) {
                return new Explanation(SparkMessage.firstLine(one), Natures.of(chain));
            }
        }
        Explanation told = known.explain(chain, node)
                .or(() -> DeltaCauses.ALL.explain(chain, node))
                .or(() -> KnownCauses.ALL.explain(chain, node))
                .or(() -> DatabaseCauses.explain(chain, node.options()))
                .orElseGet(() -> new Explanation(rootMessage(chain), Natures.of(chain)));
        return new Explanation("cannot run node '" + node.id().node() + "': " + told.words(), told.nature());
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
