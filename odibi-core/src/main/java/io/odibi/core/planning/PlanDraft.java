package io.odibi.core.planning;

import io.odibi.core.finding.Findings;
import io.odibi.core.plan.NodeId;
import io.odibi.core.plan.Plan;
import java.util.Set;

/**
 * A plan that no rule has looked at yet.
 *
 * @param plan what could be planned
 * @param broken nodes that could not be planned whole, or build on one that could not
 * @param findings everything wrong so far
 */
public record PlanDraft(Plan plan, Set<NodeId> broken, Findings findings) {

    public PlanDraft {
        broken = Set.copyOf(broken);
    }
}
