package io.odibi.monitoring.queries;

import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.QueryHandle;
import io.odibi.core.execution.QueryProgress;
import io.odibi.core.execution.RunEvent;
import io.odibi.core.model.Trigger;
import io.odibi.core.plan.NodeId;
import io.odibi.core.plan.StreamingPlan;
import io.odibi.monitoring.queries.QueryStatus.Totals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One query, as its events tell of it. Guarded by its owner. */
final class TrackedQuery {

    private static final Duration LEAST_PATIENCE = Duration.ofMinutes(1);

    private final NodeId node;
    private final StreamingPlan streaming;
    private final Instant started;
    private final History history = new History();
    private Optional<QueryHandle> query = Optional.empty();
    private QueryState state = QueryState.STARTING;
    private Instant since;
    private Optional<String> error = Optional.empty();
    private long starts;
    private long restartsAsked;
    private long batches;
    private long rowsIn;
    private OptionalLong rowsOut = OptionalLong.empty();
    private long lateRows;
    private final WatermarkStill watermark;
    private Instant lastSign;

    TrackedQuery(NodeId node, StreamingPlan streaming, Instant started) {
        this.node = node;
        this.streaming = streaming;
        this.started = started;
        this.since = started;
        this.lastSign = started;
        this.watermark = new WatermarkStill(streaming);
    }

    /** The first start, or another. */
    void on(RunEvent.NodeStarted event) {
        if (state != QueryState.DRAINING) {
            enter(QueryState.STARTING, event.at());
        }
    }

    void on(RunEvent.QueryStarted event) {
        starts++;
        query = Optional.of(event.query());
        lastSign = event.at();
        // A query that starts again while it is being drained is still being drained.
        if (state != QueryState.DRAINING && !state.isGone()) {
            enter(QueryState.RUNNING, event.at());
        }
    }

    void on(RunEvent.BatchCommitted event) {
        QueryProgress progress = event.progress();
        history.add(event.at(), progress);
        watermark.add(event.at(), progress);
        lastSign = event.at();
        batches++;
        rowsIn += progress.rows().in().orElse(0);
        if (progress.rows().out().isPresent()) {
            rowsOut = OptionalLong.of(rowsOut.orElse(0) + progress.rows().out().getAsLong());
        }
        lateRows += progress.lateRows();
    }

    void on(RunEvent.QueryIdle event) {
        lastSign = event.at();
    }

    void on(RunEvent.RestartPlanned event) {
        error = Optional.of(event.failure().message());
        enter(QueryState.RESTARTING, event.at());
    }

    void on(RunEvent.RestartAsked event) {
        restartsAsked++;
        enter(QueryState.RESTARTING, event.at());
    }

    void on(RunEvent.NodeStuck event) {
        enter(QueryState.STUCK, event.at());
    }

    /**
     * A start of the query, to be compared with another.
     *
     * @param runId the engine's id of the start; empty before the first
     * @param restartsAsked how often another has been asked for so far
     */
    record Start(Optional<String> runId, long restartsAsked) {}

    /** The last start. */
    Start start() {
        return new Start(query.map(QueryHandle::runId), restartsAsked);
    }

    /** Whether another start than {@code before} runs, or is gone: that {@code before} is gone says nothing. */
    boolean isOtherThan(Start before) {
        Start now = start();
        boolean isOther = state == QueryState.RUNNING && !now.runId().equals(before.runId());
        return isOther || (state.isGone() && now.restartsAsked() > before.restartsAsked());
    }

    void on(RunEvent.NodeEnded event) {
        error = event.result().failure().map(failure -> failure.message()).or(() -> error);
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
        Trigger trigger = streaming.trigger();
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
                interval.filter(every -> state == QueryState.RUNNING).map(this::overdue),
                watermark.since().filter(still -> !state.isGone()),
                error);
    }

    /** Spark tells of an idle query every ten seconds at most, and a first micro-batch may take its time. */
    private Instant overdue(Duration interval) {
        Duration patience = interval.multipliedBy(streaming.supervision().unhealthyFactor());
        return lastSign.plus(patience.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : patience);
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
            case STUCK -> QueryState.STUCK;
            case STOPPED, SKIPPED -> QueryState.STOPPED;
        };
    }
}
