package io.odibi.core.port;

import io.odibi.core.plan.NodePlan;

/** How a node is carried out: batch, streaming, or what a third party adds. Safe for use by several threads. */
public interface ExecutionMode {

    /** Whether this mode carries out such a node; pure. Exactly one installed mode accepts each node. */
    boolean accepts(NodePlan node);

    /**
     * Starts a node whose upstream nodes have been started (streams) or have ended (batch). Called once per start of the node, by the
     * run's thread; returns when the node works, without waiting for its end.
     *
     * @throws RuntimeException if the node cannot be started; the run counts it as failed
     */
    NodeExecution start(NodePlan node, RunContext run);
}
