package io.odibi.core.port;

import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.QueryHandle;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A node at work. Safe for use by several threads. */
public interface NodeExecution {

    /** The node's streaming query; empty in batch. */
    Optional<QueryHandle> query();

    /**
     * Completes when the node has ended, well or not; never exceptionally. What runs on the completion must not block.
     */
    CompletionStage<NodeResult> completion();

    /**
     * Ends the node: the micro-batch in hand commits and no other begins; what has not ended when the grace period is over is
     * interrupted (its micro-batch is taken again at the next start). Returns when the node is gone or cannot be stopped. Calling it
     * again is harmless.
     *
     * @param grace how long the micro-batch in hand may take
     * @return whether the node is gone
     * @throws InterruptedException if the calling thread is interrupted
     */
    boolean drain(Duration grace) throws InterruptedException;
}
