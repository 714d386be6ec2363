package io.odibi.engine.streaming;

import io.odibi.core.execution.QueryHandle;
import io.odibi.core.execution.QueryProgress;
import io.odibi.core.execution.QueryProgress.SourceRead;
import io.odibi.core.execution.RowCounts;
import io.odibi.core.plan.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.SourceProgress;
import org.apache.spark.sql.streaming.StateOperatorProgress;
import org.apache.spark.sql.streaming.StreamingQueryProgress;

/** Turns Spark's report of a micro-batch into ours, and leaves out what in it is no figure: NaN rates, a watermark of 1970. */
final class ProgressReading {

    /** In the order in which a micro-batch goes through them. */
    private static final List<String> PHASES =
            List.of("latestOffset", "walCommit", "getBatch", "queryPlanning", "addBatch", "commitOffsets");

    private ProgressReading() {}

    /**
     * Reads a report.
     *
     * @param streams the names of what the node reads, where Spark's own would not do
     */
    static QueryProgress read(NodeId node, List<String> streams, StreamingQueryProgress progress) {
        return new QueryProgress(
                node,
                new QueryHandle(progress.id().toString(), progress.runId().toString(), progress.name()),
                progress.batchId(),
                Instant.parse(progress.timestamp()),
                new RowCounts(OptionalLong.of(progress.numInputRows()), rowsOut(progress)),
                rate(progress),
                Duration.ofMillis(progress.batchDuration()),
                phases(progress),
                watermark(progress),
                lag(progress),
                state(progress, StateOperatorProgress::numRowsTotal),
                state(progress, StateOperatorProgress::memoryUsedBytes),
                sources(progress, streams),
                Arrays.stream(progress.stateOperators())
                        .mapToLong(StateOperatorProgress::numRowsDroppedByWatermark)
                        .sum());
    }

    private static OptionalLong rowsOut(StreamingQueryProgress progress) {
        Row counted = progress.observedMetrics().get(QueryStart.ROWS_OUT);
        return counted == null ? OptionalLong.empty() : OptionalLong.of(counted.getLong(0));
    }

    private static OptionalDouble rate(StreamingQueryProgress progress) {
        double rate = progress.processedRowsPerSecond();
        return progress.numInputRows() > 0 && Double.isFinite(rate) ? OptionalDouble.of(rate) : OptionalDouble.empty();
    }

    private static Optional<Instant> watermark(StreamingQueryProgress progress) {
        return Optional.ofNullable(progress.eventTime().get("watermark"))
                .map(Instant::parse)
                .filter(moved -> moved.isAfter(Instant.EPOCH));
    }

    private static OptionalLong state(StreamingQueryProgress progress, ToLongFunction<StateOperatorProgress> figure) {
        StateOperatorProgress[] operators = progress.stateOperators();
        return operators.length == 0
                ? OptionalLong.empty()
                : OptionalLong.of(Arrays.stream(operators).mapToLong(figure).sum());
    }

    /** Those that Spark took the time of: it leaves out what a micro-batch without rows does not do. */
    private static Map<String, Duration> phases(StreamingQueryProgress progress) {
        Map<String, Duration> phases = new LinkedHashMap<>();
        for (String phase : PHASES) {
            Long millis = progress.durationMs().get(phase);
            if (millis != null) {
                phases.put(phase, Duration.ofMillis(millis));
            }
        }
        return phases;
    }

    /** Spark does not say which of its sources is which read; of one there is no doubt. */
    private static List<SourceRead> sources(StreamingQueryProgress progress, List<String> streams) {
        boolean isPlain = streams.size() == 1 && progress.sources().length == 1;
        return Arrays.stream(progress.sources())
                .map(source -> source(source, isPlain ? streams.get(0) : source.description()))
                .toList();
    }

    private static SourceRead source(SourceProgress source, String name) {
        return new SourceRead(
                name, source.numInputRows(), OffsetLag.between(source.endOffset(), source.latestOffset()));
    }

    private static OptionalLong lag(StreamingQueryProgress progress) {
        long sum = 0;
        boolean known = false;
        for (SourceProgress source : progress.sources()) {
            OptionalLong waiting = OffsetLag.between(source.endOffset(), source.latestOffset());
            if (waiting.isPresent()) {
                sum += waiting.getAsLong();
                known = true;
            }
        }
        return known ? OptionalLong.of(sum) : OptionalLong.empty();
    }
}
