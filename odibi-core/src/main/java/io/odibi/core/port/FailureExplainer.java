package io.odibi.core.port;

import io.odibi.core.execution.Explanation;
import io.odibi.core.plan.NodePlan;
import java.util.List;
import java.util.Optional;

/**
 * Tells of the failures of one system in words for people: a connector knows what its system throws, an engine does not. Pure; safe for
 * use by several threads. {@link KnownFailures} makes one from a list.
 */
@FunctionalInterface
public interface FailureExplainer {

    /**
     * Explains what was thrown while a node ran, also of a node that has nothing to do with the system. Secrets of the plan are masked in
     * the answer by whoever asks.
     *
     * @param chain what was thrown, then its cause, and so on
     * @param node what ran
     * @return what a person is told; empty if it is no known failure of this system
     */
    Optional<Explanation> explain(List<Throwable> chain, NodePlan node);
}
