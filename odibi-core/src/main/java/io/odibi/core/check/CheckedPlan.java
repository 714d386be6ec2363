package io.odibi.core.check;

import io.odibi.core.finding.Finding;
import io.odibi.core.plan.NodeId;
import io.odibi.core.plan.Plan;
import io.odibi.core.plan.StreamInsight;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A plan in which no check found an error. Made by {@link PlanChecker} alone: what has not been checked cannot be started. */
public final class CheckedPlan {

    private final Plan plan;
    private final List<Finding> warnings;
    private final Map<NodeId, StreamInsight> insights;

    CheckedPlan(Plan plan, List<Finding> warnings, Map<NodeId, StreamInsight> insights) {
        this.plan = plan;
        this.warnings = List.copyOf(warnings);
        this.insights = Map.copyOf(insights);
    }

    /** The plan. */
    public Plan plan() {
        return plan;
    }

    /** What an analysis tells of a streaming node beside its faults; empty where none could be made. */
    public Optional<StreamInsight> insight(NodeId node) {
        return Optional.ofNullable(insights.get(node));
    }

    /** What was found that does not keep it from running. */
    public List<Finding> warnings() {
        return warnings;
    }
}
