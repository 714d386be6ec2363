package io.odibi.engine.streaming;

import io.odibi.engine.checkpoint.CheckpointGates;
import io.odibi.engine.checkpoint.CheckpointGates.Gate;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.execution.streaming.StreamingQueryWrapper;
import org.apache.spark.sql.streaming.StreamingQuery;

/**
 * Ends a query after its micro-batch in hand. Spark's own stop interrupts, so that a batch already written is written again at the next
 * start. Here the gate of the checkpoint is closed first, and the query is stopped once it waits there, or between two triggers.
 */
final class QueryDrain {

    /** How far a drain has come. */
    enum State {
        /** Nobody asked for the end. */
        NOT_ASKED,
        /** The micro-batch in hand may still commit. */
        WAITING,
        /** Stopped when nothing was in hand. */
        STOPPED,
        /** Stopped in the midst of a micro-batch, which is taken again at the next start. */
        INTERRUPTED
    }

    private static final Duration LOOK = Duration.ofMillis(10);

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
        Gate gate = CheckpointGates.close(new Path(checkpoint()));
        state.accept(State.WAITING);
        boolean idle = awaitIdle(gate, System.nanoTime() + grace.toNanos());
        if (query.isActive()) {
            state.accept(idle ? State.STOPPED : State.INTERRUPTED);
        }
        try {
            query.stop();
        } catch (TimeoutException deaf) {
            // The gate stays closed: whatever still runs begins no other micro-batch.
            return false;
        }
        // A query is no longer active as soon as it is asked to stop, but it is listed for as long as its thread works.
        boolean gone = Arrays.stream(query.sparkSession().streams().active())
                .noneMatch(other -> other.runId().equals(query.runId()));
        if (gone) {
            gate.close();
        }
        return gone;
    }

    private boolean awaitIdle(Gate gate, long deadline) throws InterruptedException {
        while (query.isActive() && query.status().isTriggerActive()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            if (gate.awaitArrival(Duration.ofNanos(Math.min(left, LOOK.toNanos())))) {
                return true;
            }
        }
        return true;
    }

    private String checkpoint() {
        return ((StreamingQueryWrapper) query).streamingQuery().resolvedCheckpointRoot();
    }
}
