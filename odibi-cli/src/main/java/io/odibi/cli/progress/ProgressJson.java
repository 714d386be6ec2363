package io.odibi.cli.progress;

import io.odibi.cli.text.Json;
import io.odibi.cli.text.Json.Layout;
import io.odibi.cli.text.Terminal;
import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.NodeResult.Outcome;
import io.odibi.core.execution.QueryHandle;
import io.odibi.core.execution.QueryProgress;
import io.odibi.core.execution.RowCounts;
import io.odibi.core.execution.RunEvent;
import io.odibi.core.plan.NodeId;
import io.odibi.core.run.RunResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/** A JSON object on a line for each event: for machines. Its member {@code event} says which. */
public final class ProgressJson implements Progress {

    private final Terminal terminal;
    private final Detail detail;
    private final Clock clock;
    private final Totals totals = new Totals();

    /** Shows runs on standard output. */
    public ProgressJson(Terminal terminal, Detail detail, Clock clock) {
        this.terminal = terminal;
        this.detail = detail;
        this.clock = clock;
    }

    @Override
    public synchronized void on(RunEvent event) {
        if (event instanceof RunEvent.NodeStarted) {
            say("node_started", event.at(), json -> node(json, event.node()));
        } else if (event instanceof RunEvent.QueryStarted query) {
            say("query_started", event.at(), json -> query(node(json, event.node()), query.query()));
        } else if (event instanceof RunEvent.BatchCommitted committed) {
            totals.add(committed.progress());
            say("batch_committed", event.at(), json -> batch(node(json, event.node()), committed.progress()));
        } else if (event instanceof RunEvent.RestartPlanned planned) {
            say("restart_planned", event.at(), json -> restart(node(json, event.node()), planned));
            detail.trace(planned.failure(), terminal);
        } else if (event instanceof RunEvent.RestartAsked) {
            say("restart_asked", event.at(), json -> node(json, event.node()));
        } else if (event instanceof RunEvent.NodeStuck) {
            say("node_stuck", event.at(), json -> node(json, event.node()));
        } else if (event instanceof RunEvent.NodeEnded ended) {
            say("node_ended", event.at(), json -> result(json, ended.result()));
            detail.failure(ended.result(), terminal);
        }
    }

    @Override
    public synchronized void draining(Duration grace) {
        say("draining", clock.instant(), json -> json.put("grace_ms", grace.toMillis()));
    }

    @Override
    public synchronized void ended(RunResult result, Duration elapsed) {
        boolean isStopped = result.nodes().stream()
                .anyMatch(node -> node.outcome() == Outcome.STOPPED || node.outcome() == Outcome.INTERRUPTED);
        String outcome = !result.isWell() ? "failed" : isStopped ? "stopped" : "succeeded";
        say(
                "run_ended",
                clock.instant(),
                json -> json.put("run", result.runId())
                        .put("outcome", outcome)
                        .put("duration_ms", elapsed.toMillis())
                        .objects("nodes", result.nodes(), this::result));
    }

    private static Json node(Json json, NodeId id) {
        return json.put("pipeline", id.pipeline()).put("node", id.node());
    }

    private static void query(Json json, QueryHandle query) {
        json.object(
                "query",
                object -> object.put("id", query.id())
                        .put("run_id", query.runId())
                        .put("name", query.name()));
    }

    private static void restart(Json json, RunEvent.RestartPlanned planned) {
        json.put("attempt", planned.attempt())
                .put("delay_ms", planned.delay().toMillis())
                .put("failure", planned.failure().message());
    }

    private static void batch(Json json, QueryProgress progress) {
        json.put("query", progress.query().id())
                .put("batch", progress.batch())
                .put("began", progress.at().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("rows_in", progress.rows().in())
                .put("rows_out", progress.rows().out())
                .put("rows_per_second", progress.rowsPerSecond())
                .put("duration_ms", progress.duration().toMillis())
                .put("watermark", progress.watermark().map(Instant::toString))
                .put("lag", progress.lag())
                .put("state_rows", progress.state())
                .put("late_rows", progress.lateRows());
    }

    private void result(Json json, NodeResult result) {
        RowCounts counts = totals.of(result);
        node(json, result.node())
                .put("outcome", Summary.word(result.outcome()))
                .put("rows_in", counts.in())
                .put("rows_out", counts.out())
                .put("duration_ms", result.elapsed().toMillis())
                .put("schema", result.schema())
                .put("failure", result.failure().map(failure -> failure.message()));
    }

    private void say(String event, Instant at, Consumer<Json> members) {
        terminal.say(Json.object(Layout.LINE, json -> {
            json.put("event", event).put("at", at.truncatedTo(ChronoUnit.MILLIS).toString());
            members.accept(json);
        }));
        terminal.out().flush();
    }
}
