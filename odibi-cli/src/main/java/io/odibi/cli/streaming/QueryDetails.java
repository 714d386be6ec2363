package io.odibi.cli.streaming;

import io.odibi.cli.text.Amounts;
import io.odibi.cli.text.Rows;
import io.odibi.cli.text.Rows.Align;
import io.odibi.cli.text.Style;
import io.odibi.cli.text.Style.Look;
import io.odibi.cli.text.Terminal;
import io.odibi.core.execution.QueryProgress;
import io.odibi.core.execution.QueryProgress.SourceRead;
import io.odibi.monitoring.RunningQuery;
import io.odibi.monitoring.queries.QueryStatus;
import io.odibi.monitoring.queries.QueryStatus.Pace;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** All that is known of one query, for an operator. */
public final class QueryDetails {

    private QueryDetails() {}

    /** Returns the lines that tell of a query. */
    public static List<String> lines(RunningQuery query, Instant now, Style style) {
        QueryStatus status = query.status();
        Rows rows = new Rows(Align.LEFT, Align.LEFT);
        rows.add("id", query.id().isEmpty() ? "-" : query.id());
        rows.add(
                "run",
                Terminal.printable(query.run().project()) + ", process "
                        + query.run().pid() + " on "
                        + Terminal.printable(query.run().host()) + " since "
                        + query.run().started().truncatedTo(ChronoUnit.SECONDS));
        status.last().ifPresent(last -> last.sources().forEach(source -> rows.add("reads", source(source, last))));
        rows.add("trigger", Terminal.printable(status.trigger()));
        rows.add(
                "last batch",
                status.last().map(last -> batch(status, last, now)).orElse("none yet"));
        rows.add(
                "rows in",
                Amounts.number(status.totals().rowsIn())
                        + perSecond(status.pace().rowsIn()));
        rows.add(
                "rows out",
                Amounts.number(status.totals().rowsOut())
                        + perSecond(status.pace().rowsOut()));
        rows.add("lag", status.last().map(last -> lag(last, status.pace())).orElse("-"));
        rows.add("watermark", watermark(status, now));
        rows.add("state", status.last().map(last -> state(last, status.pace())).orElse("-"));
        rows.add("late rows", Amounts.number(status.totals().lateRows()));
        rows.add("restarts", Amounts.number(status.restarts()));
        status.error().ifPresent(error -> rows.add("last error", Terminal.printable(error)));
        List<String> lines = new ArrayList<>();
        lines.add(style.paint(Look.STRONG, Terminal.printable(query.name())) + "  "
                + QueryTable.paint(status, now, style) + " for " + QueryTable.age(status.since(), now));
        rows.lines().forEach(line -> lines.add("  " + line));
        return lines;
    }

    /** {@code 17, 4 s ago: 1,000 rows in 1.2 s, 12% of the trigger}. */
    private static String batch(QueryStatus status, QueryProgress last, Instant now) {
        String ago = status.lastAt().map(at -> QueryTable.age(at, now)).orElse("-");
        String share = status.interval()
                .filter(interval -> !interval.isZero())
                .map(interval -> ", " + share(last.duration(), interval) + "% of the trigger")
                .orElse("");
        String rows =
                last.rows().in().isPresent() ? Amounts.count(last.rows().in().getAsLong(), "row") + " in " : "";
        String phases = last.phases().entrySet().stream()
                .filter(phase -> !phase.getValue().isZero())
                .map(phase -> phase.getKey() + " " + Amounts.time(phase.getValue()))
                .collect(Collectors.joining(", ", " (", ")"));
        return last.batch() + ", " + ago + " ago: " + rows + Amounts.time(last.duration()) + share
                + (phases.equals(" ()") ? "" : phases);
    }

    private static long share(Duration part, Duration whole) {
        return Math.round(100.0 * part.toMillis() / whole.toMillis());
    }

    private static String lag(QueryProgress last, Pace pace) {
        if (last.lag().isEmpty()) {
            return "the source does not say";
        }
        long records = last.lag().getAsLong();
        String behind = pace.lagTime().map(time -> ", " + Amounts.time(time)).orElse("");
        String ahead = pace.catchUp()
                .map(time -> ", caught up in " + Amounts.time(time))
                .orElse(pace.rowsIn().isPresent() ? ", more comes than it takes" : "");
        return Amounts.count(records, "record") + (records == 0 ? "" : behind + ahead);
    }

    /** Of one that is not alone, its share of the last micro-batch and what waits there. */
    private static String source(SourceRead source, QueryProgress last) {
        String name = Terminal.printable(source.source());
        return last.sources().size() == 1
                ? name
                : name + ": " + Amounts.count(source.rows(), "row") + " in the last batch"
                        + (source.lag().isPresent()
                                ? ", " + Amounts.count(source.lag().getAsLong(), "record") + " behind"
                                : "");
    }

    private static String watermark(QueryStatus status, Instant now) {
        Optional<Instant> watermark = status.last().flatMap(QueryProgress::watermark);
        return watermark
                        .map(time -> time + ", " + QueryTable.age(time, now) + " behind")
                        .orElse("-")
                + status.watermarkStill()
                        .map(since -> ", stands still for " + QueryTable.age(since, now) + " although rows come")
                        .orElse("");
    }

    private static String state(QueryProgress last, Pace pace) {
        return last.state().isPresent()
                ? Amounts.count(last.state().getAsLong(), "row")
                        + (last.stateBytes().isPresent()
                                ? ", " + Amounts.bytes(last.stateBytes().getAsLong())
                                : "")
                        + growth(pace)
                : "none";
    }

    private static String growth(Pace pace) {
        if (pace.stateGrowth().isEmpty()) {
            return "";
        }
        double rows = pace.stateGrowth().getAsDouble();
        double bytes = pace.memoryGrowth().orElse(0);
        if (rows == 0 && bytes == 0) {
            return ", steady";
        }
        return ", " + signed(rows, QueryTable.rate(OptionalDouble.of(Math.abs(rows)))) + " rows/s, "
                + signed(bytes, Amounts.bytes(Math.round(Math.abs(bytes)))) + "/s";
    }

    private static String signed(double value, String amount) {
        return (value < 0 ? "-" : "+") + amount;
    }

    private static String perSecond(OptionalDouble rate) {
        return rate.isPresent() ? " (" + QueryTable.rate(rate) + "/s)" : "";
    }
}
