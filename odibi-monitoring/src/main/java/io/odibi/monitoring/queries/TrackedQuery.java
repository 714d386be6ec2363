package io.odibi.monitoring.queries;

import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.QueryHandle;
import io.odibi.core.execution.QueryProgress;
import io.odibi.core.execution.RunEvent;
import io.odibi.core.model.Trigger;
import io.odibi.core.plan.NodeId;
import io.odibi.monitoring.queries.QueryStatus.Totals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One query, as its events tell of it. Guarded by its owner. */
final class TrackedQuery {

    private final NodeId node;
    private final Trigger trigger;
    private final Instant started;
    private final History history = new History();
    private Optional<QueryHandle> query = Optional.empty();
    private QueryState state = QueryState.STARTING;
    private Instant since;
    private Optional<String> error = Optional.empty();
    private long starts;
    private long batches;
    private long rowsIn;
    private OptionalLong rowsOut = OptionalLong.empty();
    private long lateRows;

    TrackedQuery(NodeId node, Trigger trigger, Instant started) {
        this.node = node;
        this.trigger = trigger;
        this.started = started;
        this.since = started;
    }

    void on(RunEvent.QueryStarted event) {
        starts++;
        query = Optional.of(event.query());
        // A query that starts again while it is being drained is still being drained.
        if (state != QueryState.DRAINING && !state.isGone()) {
            enter(QueryState.RUNNING, event.at());
        }
    }

    void on(RunEvent.BatchCommitted event) {
        QueryProgress progress = event.progress();
        history.add(event.at(), progress);
        batches++;
        rowsIn += progress.rows().in().orElse(0);
        if (progress.rows().out().isPresent()) {
            rowsOut = OptionalLong.of(rowsOut.orElse(0) + progress.rows().out().getAsLong());
        }
        lateRows += progress.lateRows();
    }

    void on(RunEvent.NodeEnded event) {
        error = event.result().failure().map(failure -> failure.message());
        query = event.result().query().or(() -> query);
        enter(after(event.result().outcome()), event.at());
    }

    void draining(Instant at) {
        if (!state.isGone() && state != QueryState.DRAINING) {
            enter(QueryState.DRAINING, at);
        }
    }

    boolean isGone() {
        return state.isGone();
    }

    List<QueryProgress> history() {
        return history.all();
    }

    QueryStatus status() {
        Optional<Duration> interval =
                trigger instanceof Trigger.ProcessingTime every ? Optional.of(every.interval()) : Optional.empty();
        return new QueryStatus(
                node,
                query,
                state,
                since,
                started,
                trigger.toString(),
                interval,
                history.last(),
                history.lastAt(),
                new Totals(batches, rowsIn, rowsOut, lateRows),
                history.pace(),
                Math.max(0, starts - 1),
                error);
    }

    private void enter(QueryState next, Instant at) {
        if (state != next) {
            state = next;
            since = at;
        }
    }

    private static QueryState after(NodeResult.Outcome outcome) {
        return switch (outcome) {
            case SUCCEEDED -> QueryState.ENDED;
            case FAILED -> QueryState.FAILED;
            case INTERRUPTED -> QueryState.INTERRUPTED;
            case STOPPED, SKIPPED -> QueryState.STOPPED;
        };
    }
}
