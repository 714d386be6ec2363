package io.odibi.core.check;

import io.odibi.core.finding.Finding;
import io.odibi.core.plan.Plan;
import java.util.List;

/** A plan in which no check found an error. Made by {@link PlanChecker} alone: what has not been checked cannot be started. */
public final class CheckedPlan {

    private final Plan plan;
    private final List<Finding> warnings;

    CheckedPlan(Plan plan, List<Finding> warnings) {
        this.plan = plan;
        this.warnings = List.copyOf(warnings);
    }

    /** The plan. */
    public Plan plan() {
        return plan;
    }

    /** What was found that does not keep it from running. */
    public List<Finding> warnings() {
        return warnings;
    }
}
