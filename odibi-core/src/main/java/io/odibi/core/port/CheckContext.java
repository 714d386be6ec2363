package io.odibi.core.port;

import io.odibi.core.execution.Resources;
import io.odibi.core.finding.Finding;
import io.odibi.core.plan.NodeId;
import io.odibi.core.plan.Plan;
import io.odibi.core.plan.StreamInsight;

/** What a rule is given. */
public interface CheckContext {

    /** The plan. */
    Plan plan();

    /** Reports a fault of a node. */
    void report(NodeId node, Finding finding);

    /** Keeps what an analysis tells of a stream beside its faults, for people who read the plan. */
    void explain(NodeId node, StreamInsight insight);

    /** Whether a node has errors already, or builds on one that has: what a rule would say of it may be untrue. */
    boolean isBroken(NodeId node);

    /**
     * Returns the transform of that name.
     *
     * @throws IllegalArgumentException if there is none; a plan's steps always have theirs
     */
    Transform<?> transform(String type);

    /** What lives as long as the check and a run after it, such as the engine's session. */
    Resources resources();
}
