package io.odibi.core.execution;

import io.odibi.core.plan.NodeId;
import java.time.Instant;

/** Something that happened in a run. */
public sealed interface RunEvent {

    /** When it happened. */
    Instant at();

    /** Which node it is about. */
    NodeId node();

    /**
     * A node began.
     *
     * @param at when
     * @param node which
     */
    record NodeStarted(Instant at, NodeId node) implements RunEvent {}

    /**
     * A streaming query runs.
     *
     * @param at when
     * @param node which
     * @param query its names
     */
    record QueryStarted(Instant at, NodeId node, QueryHandle query) implements RunEvent {}

    /**
     * A streaming query has committed a micro-batch.
     *
     * @param at when
     * @param progress what it did
     */
    record BatchCommitted(Instant at, QueryProgress progress) implements RunEvent {
        @Override
        public NodeId node() {
            return progress.node();
        }
    }

    /**
     * A node ended.
     *
     * @param at when
     * @param result how
     */
    record NodeEnded(Instant at, NodeResult result) implements RunEvent {
        @Override
        public NodeId node() {
            return result.node();
        }
    }
}
