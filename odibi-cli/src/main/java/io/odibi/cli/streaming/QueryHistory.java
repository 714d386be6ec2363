package io.odibi.cli.streaming;

import io.odibi.cli.text.Amounts;
import io.odibi.cli.text.Json;
import io.odibi.cli.text.Rows;
import io.odibi.cli.text.Rows.Align;
import io.odibi.cli.text.Style;
import io.odibi.cli.text.Style.Look;
import io.odibi.core.execution.QueryProgress;
import io.odibi.monitoring.RunningQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The last micro-batches of a query, a line each. */
public final class QueryHistory {

    private static final String ADD = "addBatch";

    private QueryHistory() {}

    /** Returns the lines, with a heading; one that says so where there is no micro-batch. */
    public static List<String> lines(List<QueryProgress> history, Style style) {
        if (history.isEmpty()) {
            return List.of("no micro-batch yet");
        }
        Rows rows = new Rows(
                Align.RIGHT,
                Align.LEFT,
                Align.RIGHT,
                Align.RIGHT,
                Align.RIGHT,
                Align.RIGHT,
                Align.RIGHT,
                Align.RIGHT,
                Align.LEFT);
        rows.add("batch", "began", "rows in", "rows out", "took", "of it work", "lag", "state rows", "watermark");
        for (QueryProgress batch : history) {
            rows.add(
                    Long.toString(batch.batch()),
                    batch.at().truncatedTo(ChronoUnit.SECONDS).toString(),
                    Amounts.number(batch.rows().in()),
                    Amounts.number(batch.rows().out()),
                    Amounts.time(batch.duration()),
                    Optional.ofNullable(batch.phases().get(ADD))
                            .map(Amounts::time)
                            .orElse("-"),
                    Amounts.number(batch.lag()),
                    Amounts.number(batch.state()),
                    batch.watermark().map(Instant::toString).orElse("-"));
        }
        List<String> lines = new ArrayList<>(rows.lines());
        lines.set(0, style.paint(Look.FAINT, lines.get(0)));
        return lines;
    }

    /** Writes them for machines. */
    public static void write(Json json, RunningQuery query, List<QueryProgress> history) {
        json.put("query", query.name()).objects("batches", history, (object, batch) -> {
            object.put("batch", batch.batch())
                    .put("began", batch.at().toString())
                    .put("rows_in", batch.rows().in())
                    .put("rows_out", batch.rows().out())
                    .put("duration_ms", batch.duration().toMillis())
                    .put("lag_records", batch.lag())
                    .put("state_rows", batch.state())
                    .put("state_bytes", batch.stateBytes())
                    .put("watermark", batch.watermark().map(Instant::toString))
                    .put("late_rows", batch.lateRows())
                    .objects(
                            "phases",
                            List.copyOf(batch.phases().entrySet()),
                            (one, phase) -> phase(one, phase.getKey(), phase.getValue()));
        });
    }

    private static void phase(Json json, String phase, Duration took) {
        json.put("phase", phase).put("duration_ms", took.toMillis());
    }
}
