package io.odibi.cli.streaming;

import io.odibi.cli.text.Json;
import io.odibi.core.execution.QueryProgress;
import io.odibi.core.execution.QueryProgress.SourceRead;
import io.odibi.monitoring.RunningQuery;
import io.odibi.monitoring.queries.QueryStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Queries for machines. What is not known is {@code null}; times are ISO 8601, durations milliseconds. */
public final class QueryJson {

    private QueryJson() {}

    /** Writes a list of queries. */
    public static void write(Json json, List<RunningQuery> queries, Instant now) {
        json.put("at", now.toString());
        json.objects("queries", queries, (object, query) -> write(object, query, now));
    }

    /** Writes one query. */
    public static void write(Json json, RunningQuery query, Instant now) {
        QueryStatus status = query.status();
        Optional<QueryProgress> last = status.last();
        json.put("query", query.name())
                .put("pipeline", status.node().pipeline())
                .put("node", status.node().node())
                .put("id", status.query().map(handle -> handle.id()))
                .put("state", QueryTable.word(status.state()))
                .truth("healthy", !status.isUnhealthy(now))
                .put("since", status.since().toString())
                .put("started", status.started().toString())
                .put("project", query.run().project())
                .put("run", query.run().runId())
                .put("pid", query.run().pid())
                .put("host", query.run().host())
                .put("trigger", status.trigger())
                .put("trigger_ms", millis(status.interval()))
                .put("batch", number(last, progress -> OptionalLong.of(progress.batch())))
                .put("batch_ms", millis(last.map(QueryProgress::duration)))
                .put("last_progress", status.lastAt().map(Instant::toString))
                .put("batches", status.totals().batches())
                .put("rows_in", status.totals().rowsIn())
                .put("rows_out", status.totals().rowsOut())
                .put("rows_in_per_second", status.pace().rowsIn())
                .put("rows_out_per_second", status.pace().rowsOut())
                .put("lag_records", number(last, QueryProgress::lag))
                .put("lag_ms", millis(status.pace().lagTime()))
                .put("catch_up_ms", millis(status.pace().catchUp()))
                .put("watermark", last.flatMap(QueryProgress::watermark).map(Instant::toString))
                .put("watermark_lag_ms", millis(status.watermarkDelay(now)))
                .put("watermark_still_since", status.watermarkStill().map(Instant::toString))
                .put("state_rows", number(last, QueryProgress::state))
                .put("state_bytes", number(last, QueryProgress::stateBytes))
                .put("state_growth_per_second", status.pace().stateGrowth())
                .put("memory_growth_per_second", status.pace().memoryGrowth())
                .objects("sources", last.map(QueryProgress::sources).orElse(List.of()), QueryJson::source)
                .put("late_rows", status.totals().lateRows())
                .put("restarts", status.restarts())
                .put("error", status.error());
    }

    private static void source(Json json, SourceRead source) {
        json.put("source", source.source()).put("last_rows", source.rows()).put("lag_records", source.lag());
    }

    private static OptionalLong millis(Optional<Duration> time) {
        return time.isPresent() ? OptionalLong.of(time.get().toMillis()) : OptionalLong.empty();
    }

    private static OptionalLong number(Optional<QueryProgress> last, Function<QueryProgress, OptionalLong> figure) {
        return last.map(figure).orElse(OptionalLong.empty());
    }
}
