package io.odibi.cli.streaming;

import io.odibi.cli.text.Amounts;
import io.odibi.cli.text.Rows;
import io.odibi.cli.text.Rows.Align;
import io.odibi.cli.text.Style;
import io.odibi.cli.text.Style.Look;
import io.odibi.cli.text.Terminal;
import io.odibi.core.execution.QueryProgress;
import io.odibi.monitoring.RunningQuery;
import io.odibi.monitoring.queries.QueryState;
import io.odibi.monitoring.queries.QueryStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Queries as a table, a line each: what needs looking at shows without asking for more. */
public final class QueryTable {

    private static final int ID = 8;
    private static final String UNKNOWN = "-";

    private QueryTable() {}

    /** Returns the lines of the table, with a heading; one that says so where there is no query. */
    public static List<String> lines(List<RunningQuery> queries, Instant now, Style style) {
        if (queries.isEmpty()) {
            return List.of("no streaming query runs");
        }
        Rows rows = new Rows(
                Align.LEFT,
                Align.LEFT,
                Align.RIGHT,
                Align.RIGHT,
                Align.RIGHT,
                Align.RIGHT,
                Align.RIGHT,
                Align.LEFT,
                Align.RIGHT,
                Align.LEFT);
        rows.add("query", "state", "for", "rows/s", "lag", "behind", "batch", "project", "pid", "id");
        queries.forEach(query -> add(rows, query, now));
        List<String> lines = new ArrayList<>(rows.lines());
        lines.set(0, style.paint(Look.FAINT, lines.get(0)));
        for (int i = 0; i < queries.size(); i++) {
            QueryStatus status = queries.get(i).status();
            lines.set(i + 1, lines.get(i + 1).replaceFirst("  " + word(status, now), "  " + paint(status, now, style)));
        }
        return lines;
    }

    private static void add(Rows rows, RunningQuery query, Instant now) {
        QueryStatus status = query.status();
        OptionalLong lag = status.last().map(QueryProgress::lag).orElse(OptionalLong.empty());
        rows.add(
                Terminal.printable(query.name()),
                word(status, now),
                age(status.since(), now),
                rate(status.pace().rowsIn()),
                lag.isPresent() ? Amounts.number(lag.getAsLong()) : UNKNOWN,
                status.pace().lagTime().map(Amounts::time).orElse(UNKNOWN),
                status.last().map(QueryProgress::duration).map(Amounts::time).orElse(UNKNOWN),
                Terminal.printable(query.run().project()),
                Long.toString(query.run().pid()),
                query.id().isEmpty()
                        ? UNKNOWN
                        : query.id().substring(0, Math.min(ID, query.id().length())));
    }

    /** The word for a state. */
    public static String word(QueryState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** The word for what a query does; one that should have given a sign is called unhealthy. */
    static String word(QueryStatus status, Instant now) {
        return status.isUnhealthy(now) ? "unhealthy" : word(status.state());
    }

    static String paint(QueryStatus status, Instant now, Style style) {
        return style.paint(status.isUnhealthy(now) ? Look.BAD : look(status.state()), word(status, now));
    }

    private static Look look(QueryState state) {
        return switch (state) {
            case RUNNING, ENDED -> Look.GOOD;
            case STARTING, RESTARTING, DRAINING, STOPPED, INTERRUPTED -> Look.CAREFUL;
            case FAILED, STUCK -> Look.BAD;
        };
    }

    /** {@code 4 s}, in whole seconds. */
    static String age(Instant since, Instant now) {
        long seconds = Math.max(0, Duration.between(since, now).toSeconds());
        return seconds < 60 ? seconds + " s" : Amounts.time(Duration.ofSeconds(seconds));
    }

    /** {@code 1,200}, or {@code 0.3} where whole numbers would say nothing. */
    static String rate(OptionalDouble perSecond) {
        if (perSecond.isEmpty()) {
            return UNKNOWN;
        }
        double rate = perSecond.getAsDouble();
        boolean isSmall = rate != 0 && Math.abs(rate) < 10;
        return isSmall ? String.format(Locale.ROOT, "%.1f", rate) : Amounts.number(Math.round(rate));
    }
}
