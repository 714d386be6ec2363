package io.odibi.core.execution;

import io.odibi.core.plan.NodeId;
import java.time.Duration;
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
     * A streaming query is at work and has nothing to do. Told from time to time as a sign of life, not at each trigger.
     *
     * @param at when
     * @param node which
     */
    record QueryIdle(Instant at, NodeId node) implements RunEvent {}

    /**
     * A streaming node has failed, and is started again when a wait is over. The node has not ended.
     *
     * @param at when
     * @param node which
     * @param failure why it failed
     * @param attempt which start after a failure is to come, from 1, within the window of the node's policy
     * @param delay how long until then
     */
    record RestartPlanned(Instant at, NodeId node, Failure failure, int attempt, Duration delay) implements RunEvent {}

    /**
     * A streaming node ends or has ended because it is to be started again at once, as somebody asked. A node that had ended has not
     * any more.
     *
     * @param at when
     * @param node which
     */
    record RestartAsked(Instant at, NodeId node) implements RunEvent {}

    /**
     * A node was asked to end and interrupted, and works on all the same. It has not ended: that is told when it is so.
     *
     * @param at when
     * @param node which
     */
    record NodeStuck(Instant at, NodeId node) implements RunEvent {}

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
