package io.odibi.monitoring.queries;

import io.odibi.core.execution.QueryProgress;
import io.odibi.monitoring.queries.QueryStatus.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/** The last micro-batches of one query, and what they say about its pace. Guarded by its owner. */
final class History {

    private static final int MOST = 100;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    /** Beyond it an estimate says nothing: a rate of nearly nothing gives times of centuries. */
    private static final double LONGEST_SECONDS = Duration.ofDays(365).toSeconds();

    private record Entry(Instant at, QueryProgress progress) {}

    private final Deque<Entry> entries = new ArrayDeque<>();

    void add(Instant at, QueryProgress progress) {
        if (entries.size() == MOST) {
            entries.removeFirst();
        }
        entries.addLast(new Entry(at, progress));
    }

    List<QueryProgress> all() {
        return entries.stream().map(Entry::progress).toList();
    }

    Optional<QueryProgress> last() {
        return Optional.ofNullable(entries.peekLast()).map(Entry::progress);
    }

    Optional<Instant> lastAt() {
        return Optional.ofNullable(entries.peekLast()).map(Entry::at);
    }

    /** Returns the pace from the end of the first micro-batch of the window to the end of the last. */
    Pace pace() {
        List<Entry> window = window();
        if (window.size() < 2) {
            return Pace.unknown();
        }
        Entry first = window.get(0);
        Entry last = window.get(window.size() - 1);
        double seconds = Duration.between(first.at, last.at).toNanos() / 1e9;
        if (seconds <= 0) {
            return Pace.unknown();
        }
        List<QueryProgress> taken = window.stream().skip(1).map(Entry::progress).toList();
        OptionalDouble in = perSecond(taken, progress -> progress.rows().in(), seconds);
        OptionalDouble out = perSecond(taken, progress -> progress.rows().out(), seconds);
        OptionalDouble lagGrowth = growth(first.progress.lag(), last.progress.lag(), seconds);
        OptionalDouble stateGrowth = growth(first.progress.state(), last.progress.state(), seconds);
        OptionalDouble memoryGrowth = growth(first.progress.stateBytes(), last.progress.stateBytes(), seconds);
        Optional<Duration> lagTime = Optional.empty();
        Optional<Duration> catchUp = Optional.empty();
        OptionalLong lag = last.progress.lag();
        if (lag.isPresent() && in.isPresent() && lagGrowth.isPresent()) {
            double arriving = Math.max(0, in.getAsDouble() + lagGrowth.getAsDouble());
            lagTime = time(lag.getAsLong(), arriving);
            catchUp = capacity(taken).stream()
                    .boxed()
                    .flatMap(rows -> time(lag.getAsLong(), rows - arriving).stream())
                    .findFirst();
        }
        return new Pace(in, out, lagTime, catchUp, stateGrowth, memoryGrowth);
    }

    private List<Entry> window() {
        List<Entry> window = new ArrayList<>(entries);
        if (window.size() > 2) {
            Instant from = window.get(window.size() - 1).at.minus(WINDOW);
            int first = 0;
            while (first < window.size() - 2 && window.get(first).at.isBefore(from)) {
                first++;
            }
            return window.subList(first, window.size());
        }
        return window;
    }

    private static OptionalDouble perSecond(
            List<QueryProgress> batches, Function<QueryProgress, OptionalLong> rows, double seconds) {
        List<OptionalLong> known =
                batches.stream().map(rows).filter(OptionalLong::isPresent).toList();
        return known.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        known.stream().mapToLong(OptionalLong::getAsLong).sum() / seconds);
    }

    private static OptionalDouble growth(OptionalLong before, OptionalLong after, double seconds) {
        return before.isPresent() && after.isPresent()
                ? OptionalDouble.of((after.getAsLong() - before.getAsLong()) / seconds)
                : OptionalDouble.empty();
    }

    /** Rows per second of work: what the query could take if it never waited for its trigger. */
    private static OptionalDouble capacity(List<QueryProgress> batches) {
        long rows = 0;
        Duration work = Duration.ZERO;
        for (QueryProgress batch : batches) {
            if (batch.rows().in().orElse(0) > 0) {
                rows += batch.rows().in().getAsLong();
                work = work.plus(batch.duration());
            }
        }
        return work.isZero() ? OptionalDouble.empty() : OptionalDouble.of(rows / (work.toNanos() / 1e9));
    }

    private static Optional<Duration> time(long records, double perSecond) {
        if (records == 0) {
            return Optional.of(Duration.ZERO);
        }
        double seconds = perSecond > 0 ? records / perSecond : Double.POSITIVE_INFINITY;
        return seconds > LONGEST_SECONDS ? Optional.empty() : Optional.of(Duration.ofMillis(Math.round(seconds * 1e3)));
    }
}
