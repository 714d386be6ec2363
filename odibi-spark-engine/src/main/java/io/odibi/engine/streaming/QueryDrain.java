package io.odibi.engine.streaming;

import io.odibi.engine.checkpoint.CheckpointGates;
import io.odibi.engine.checkpoint.CheckpointGates.Gate;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.execution.streaming.StreamingQueryWrapper;
import org.apache.spark.sql.streaming.StreamingQuery;

/**
 * Ends a query after its micro-batch in hand. Spark's own stop interrupts, so that a batch already written is written again at the next
 * start. Here the gate of the checkpoint is closed first, and the query is stopped once it waits there, or between two triggers, or while
 * it asks a source that does not answer.
 */
final class QueryDrain {

    /** How far a drain has come. */
    enum State {
        /** Nobody asked for the end. */
        NOT_ASKED,
        /** The micro-batch in hand may still commit. */
        WAITING,
        /** Stopped between two micro-batches. */
        STOPPED,
        /** Stopped while it asked its sources what there is: nothing was in hand. */
        LEFT,
        /** Stopped in the midst of a micro-batch, which is taken again at the next start. */
        INTERRUPTED
    }

    private static final Duration LOOK = Duration.ofMillis(10);

    /** How long a gate is closed until what was about to pass has passed, and how often is looked whether anything is in hand. */
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final StreamingQuery query;
    private final Consumer<State> state;

    QueryDrain(StreamingQuery query, Consumer<State> state) {
        this.query = query;
        this.state = state;
    }

    /**
     * Ends the query.
     *
     * @param grace how long the micro-batch in hand may take
     * @return whether the query is gone
     */
    boolean within(Duration grace) throws InterruptedException {
        long deadline = System.nanoTime() + grace.toNanos();
        Gate gate = CheckpointGates.close(new Path(checkpoint()));
        state.accept(State.WAITING);
        State reached = awaitIdle(gate, deadline);
        if (query.isActive()) {
            state.accept(reached);
        }
        boolean isGone = stop(deadline);
        // Else the gate stays closed: whatever still runs begins no other micro-batch.
        if (isGone) {
            gate.close();
        }
        return isGone;
    }

    private State awaitIdle(Gate gate, long deadline) throws InterruptedException {
        long look = System.nanoTime() + IDLE.toNanos();
        while (query.isActive() && query.status().isTriggerActive()) {
            long now = System.nanoTime();
            if (deadline - now <= 0) {
                return BatchInHand.isNone(query) ? State.LEFT : State.INTERRUPTED;
            }
            if (gate.awaitArrival(Duration.ofNanos(Math.min(deadline - now, LOOK.toNanos())))) {
                return State.STOPPED;
            }
            if (now - look >= 0) {
                if (BatchInHand.isNone(query)) {
                    return State.LEFT;
                }
                look = now + IDLE.toNanos();
            }
        }
        return State.STOPPED;
    }

    private boolean stop(long deadline) throws InterruptedException {
        try {
            query.stop();
        } catch (TimeoutException deaf) {
            // To close a source that does not answer takes as long as its own timeouts.
            while (isListed() && deadline - System.nanoTime() > 0) {
                TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
            }
        }
        return !isListed();
    }

    /** A query is no longer active as soon as it is asked to stop, but it is listed for as long as its thread works. */
    private boolean isListed() {
        return Arrays.stream(query.sparkSession().streams().active())
                .anyMatch(other -> other.runId().equals(query.runId()));
    }

    private String checkpoint() {
        return ((StreamingQueryWrapper) query).streamingQuery().resolvedCheckpointRoot();
    }
}
