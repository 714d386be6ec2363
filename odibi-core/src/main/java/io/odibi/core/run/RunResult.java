package io.odibi.core.run;

import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.NodeResult.Outcome;
import java.util.List;

/**
 * How a run ended.
 *
 * @param runId names the run
 * @param nodes how each node ended, in the order of the plan
 */
public record RunResult(String runId, List<NodeResult> nodes) {

    public RunResult {
        nodes = List.copyOf(nodes);
    }

    /** Whether no node failed; nodes that were asked to stop and did are well, those that did not are not. */
    public boolean isWell() {
        return nodes.stream().noneMatch(node -> node.outcome() == Outcome.FAILED || node.outcome() == Outcome.STUCK);
    }
}
