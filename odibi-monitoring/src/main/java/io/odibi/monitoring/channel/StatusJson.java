package io.odibi.monitoring.channel;

import io.odibi.core.execution.QueryHandle;
import io.odibi.core.execution.QueryProgress;
import io.odibi.core.execution.QueryProgress.SourceRead;
import io.odibi.core.execution.RowCounts;
import io.odibi.core.plan.NodeId;
import io.odibi.monitoring.queries.QueryState;
import io.odibi.monitoring.queries.QueryStatus;
import io.odibi.monitoring.queries.QueryStatus.Pace;
import io.odibi.monitoring.queries.QueryStatus.Totals;
import io.odibi.monitoring.runs.RunDescription;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is told of runs and queries, to JSON and back. */
final class StatusJson {

    private StatusJson() {}

    static Map<String, Object> write(RunDescription run) {
        return new Members()
                .put("id", run.runId())
                .put("project", run.project())
                .put("pid", run.pid())
                .put("host", run.host())
                .put("started", run.started())
                .asMap();
    }

    static RunDescription readRun(Members run) throws IOException {
        return new RunDescription(
                run.needText("id"),
                run.needText("project"),
                run.needNumber("pid"),
                run.needText("host"),
                run.needTime("started"));
    }

    static Map<String, Object> write(QueryStatus status) {
        Members json = new Members();
        name(json, status.node());
        status.query().ifPresent(query -> handle(json, query));
        Totals totals = status.totals();
        Pace pace = status.pace();
        return json.put("state", status.state().name().toLowerCase(Locale.ROOT))
                .put("since", status.since())
                .put("started", status.started())
                .put("trigger", status.trigger())
                .put("interval_ms", status.interval().map(Duration::toMillis))
                .put("last", status.last().map(StatusJson::write))
                .put("last_at", status.lastAt())
                .put("batches", totals.batches())
                .put("rows_in", totals.rowsIn())
                .put("rows_out", totals.rowsOut())
                .put("late_rows", totals.lateRows())
                .put("rows_in_per_second", pace.rowsIn())
                .put("rows_out_per_second", pace.rowsOut())
                .put("lag_time_ms", pace.lagTime().map(Duration::toMillis))
                .put("catch_up_ms", pace.catchUp().map(Duration::toMillis))
                .put("state_growth_per_second", pace.stateGrowth())
                .put("memory_growth_per_second", pace.memoryGrowth())
                .put("restarts", status.restarts())
                .put("overdue", status.overdue())
                .put("watermark_still", status.watermarkStill())
                .put("error", status.error())
                .asMap();
    }

    static QueryStatus readStatus(Members json) throws IOException {
        NodeId node = readName(json);
        Optional<Members> last = json.object("last");
        return new QueryStatus(
                node,
                readHandle(json, node),
                state(json.needText("state")),
                json.needTime("since"),
                json.needTime("started"),
                json.needText("trigger"),
                json.millis("interval_ms"),
                last.isPresent() ? Optional.of(readProgress(last.get())) : Optional.empty(),
                json.time("last_at"),
                new Totals(
                        json.needNumber("batches"),
                        json.needNumber("rows_in"),
                        json.number("rows_out"),
                        json.needNumber("late_rows")),
                new Pace(
                        json.fraction("rows_in_per_second"),
                        json.fraction("rows_out_per_second"),
                        json.millis("lag_time_ms"),
                        json.millis("catch_up_ms"),
                        json.fraction("state_growth_per_second"),
                        json.fraction("memory_growth_per_second")),
                json.needNumber("restarts"),
                json.time("overdue"),
                json.time("watermark_still"),
                json.text("error"));
    }

    static Map<String, Object> write(QueryProgress progress) {
        Members json = new Members();
        name(json, progress.node());
        handle(json, progress.query());
        return json.put("batch", progress.batch())
                .put("at", progress.at())
                .put("rows_in", progress.rows().in())
                .put("rows_out", progress.rows().out())
                .put("rows_per_second", progress.rowsPerSecond())
                .put("duration_ms", progress.duration().toMillis())
                .put("phases_ms", phases(progress))
                .put("watermark", progress.watermark())
                .put("lag", progress.lag())
                .put("state_rows", progress.state())
                .put("state_bytes", progress.stateBytes())
                .put(
                        "sources",
                        progress.sources().stream().map(StatusJson::write).toList())
                .put("late_rows", progress.lateRows())
                .asMap();
    }

    static QueryProgress readProgress(Members json) throws IOException {
        NodeId node = readName(json);
        return new QueryProgress(
                node,
                readHandle(json, node).orElseThrow(() -> new IOException("'id' is missing")),
                json.needNumber("batch"),
                json.needTime("at"),
                new RowCounts(json.number("rows_in"), json.number("rows_out")),
                json.fraction("rows_per_second"),
                Duration.ofMillis(json.needNumber("duration_ms")),
                readPhases(json),
                json.time("watermark"),
                json.number("lag"),
                json.number("state_rows"),
                json.number("state_bytes"),
                readSources(json),
                json.needNumber("late_rows"));
    }

    private static Map<String, Object> phases(QueryProgress progress) {
        Members phases = new Members();
        progress.phases().forEach((phase, time) -> phases.put(phase, time.toMillis()));
        return phases.asMap();
    }

    private static Map<String, Duration> readPhases(Members json) throws IOException {
        Map<String, Duration> phases = new LinkedHashMap<>();
        Members written = json.object("phases_ms").orElseGet(Members::new);
        for (String phase : written.asMap().keySet()) {
            phases.put(phase, Duration.ofMillis(written.needNumber(phase)));
        }
        return phases;
    }

    private static Map<String, Object> write(SourceRead source) {
        return new Members()
                .put("source", source.source())
                .put("rows", source.rows())
                .put("lag", source.lag())
                .asMap();
    }

    private static List<SourceRead> readSources(Members json) throws IOException {
        List<SourceRead> sources = new ArrayList<>();
        for (Members source : json.objects("sources")) {
            sources.add(new SourceRead(source.needText("source"), source.needNumber("rows"), source.number("lag")));
        }
        return sources;
    }

    static void name(Members json, NodeId node) {
        json.put("pipeline", node.pipeline()).put("node", node.node());
    }

    static NodeId readName(Members json) throws IOException {
        return new NodeId(json.needText("pipeline"), json.needText("node"));
    }

    private static void handle(Members json, QueryHandle query) {
        json.put("id", query.id()).put("query_run", query.runId());
    }

    private static Optional<QueryHandle> readHandle(Members json, NodeId node) throws IOException {
        Optional<String> id = json.text("id");
        return id.isPresent()
                ? Optional.of(new QueryHandle(id.get(), json.needText("query_run"), node.toString()))
                : Optional.empty();
    }

    private static QueryState state(String word) throws IOException {
        try {
            return QueryState.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new IOException("unknown state", unknown);
        }
    }
}
