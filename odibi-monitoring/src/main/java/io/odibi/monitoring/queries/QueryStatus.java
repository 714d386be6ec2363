package io.odibi.monitoring.queries;

import io.odibi.core.execution.QueryHandle;
import io.odibi.core.execution.QueryProgress;
import io.odibi.core.plan.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What is known of a query at one moment.
 *
 * @param node which node it is of; also its name
 * @param query its ids; empty until its engine says that it runs
 * @param state what it does
 * @param since since when it does that
 * @param started when it was first asked to start
 * @param trigger when it takes micro-batches, for a person: {@code every 10 seconds}
 * @param interval the trigger's interval; empty for one without
 * @param last its last micro-batch; empty before the first
 * @param lastAt when that was told; empty before the first
 * @param totals sums since the start
 * @param pace figures over the last minute
 * @param restarts how often it was started again
 * @param overdue when it counts as unhealthy if there is no sign of it before; empty where nothing is expected of it
 * @param watermarkStill since when its watermark stands still although rows come; empty where that is not so
 * @param error why it failed last, in a line; empty if it did not
 */
public record QueryStatus(
        NodeId node,
        Optional<QueryHandle> query,
        QueryState state,
        Instant since,
        Instant started,
        String trigger,
        Optional<Duration> interval,
        Optional<QueryProgress> last,
        Optional<Instant> lastAt,
        Totals totals,
        Pace pace,
        long restarts,
        Optional<Instant> overdue,
        Optional<Instant> watermarkStill,
        Optional<String> error) {

    /** Whether there should have been a sign of it before {@code now}: it hangs, or it cannot keep up. */
    public boolean isUnhealthy(Instant now) {
        return overdue.filter(now::isAfter).isPresent();
    }

    /**
     * Sums since the start of the run.
     *
     * @param batches micro-batches committed
     * @param rowsIn rows taken from the sources
     * @param rowsOut rows written to the sink; empty where no micro-batch said
     * @param lateRows rows dropped because they came after the watermark
     */
    public record Totals(long batches, long rowsIn, OptionalLong rowsOut, long lateRows) {}

    /**
     * Figures over the last minute, or from the last two micro-batches where those took longer. Estimates: they take the pace as even.
     *
     * @param rowsIn rows taken per second of the clock, waiting included
     * @param rowsOut rows written per second of the clock
     * @param lagTime how far behind the sources the query is: the time in which as many records came as wait now
     * @param catchUp how long until nothing waits, if it works without a pause; empty if more comes than it can take
     * @param stateGrowth rows that its state grows by per second; negative if it shrinks
     * @param memoryGrowth bytes that its state grows by per second; negative if it shrinks
     */
    public record Pace(
            OptionalDouble rowsIn,
            OptionalDouble rowsOut,
            Optional<Duration> lagTime,
            Optional<Duration> catchUp,
            OptionalDouble stateGrowth,
            OptionalDouble memoryGrowth) {

        /** Returns that nothing is known yet. */
        public static Pace unknown() {
            return new Pace(
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.empty());
        }
    }

    /** How far the watermark is behind a moment; empty without a watermark. */
    public Optional<Duration> watermarkDelay(Instant now) {
        return last.flatMap(QueryProgress::watermark).map(watermark -> Duration.between(watermark, now));
    }
}
