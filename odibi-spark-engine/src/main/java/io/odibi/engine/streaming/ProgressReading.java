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
import java.util.stream.Stream;
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
     * @param streams the names of what the node reads, in the order in which Spark tells of them; empty where unknown
     */
    static QueryProgress read(NodeId node, List<String> streams, StreamingQueryProgress progress) {
        List<SourceRead> sources = sources(progress, streams);
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
                sum(sources.stream().map(SourceRead::lag)),
                state(progress, StateOperatorProgress::numRowsTotal),
                state(progress, StateOperatorProgress::memoryUsedBytes),
                sources,
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

    /** One that is read twice under one name is told of once. */
    private static List<SourceRead> sources(StreamingQueryProgress progress, List<String> streams) {
        SourceProgress[] told = progress.sources();
        Map<String, SourceRead> sources = new LinkedHashMap<>();
        for (int i = 0; i < told.length; i++) {
            String name = streams.size() == told.length ? streams.get(i) : words(told[i]);
            OptionalLong lag = OffsetLag.between(told[i].endOffset(), told[i].latestOffset());
            sources.merge(name, new SourceRead(name, told[i].numInputRows(), lag), ProgressReading::both);
        }
        return List.copyOf(sources.values());
    }

    /** Spark's own, without the number of an object in memory that some end in. */
    private static String words(SourceProgress source) {
        return source.description().replaceFirst("@[0-9a-f]+$", "");
    }

    private static SourceRead both(SourceRead one, SourceRead other) {
        return new SourceRead(one.source(), one.rows() + other.rows(), sum(Stream.of(one.lag(), other.lag())));
    }

    /** Of those that are known; absent where none is. */
    private static OptionalLong sum(Stream<OptionalLong> figures) {
        return figures.filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .reduce(Long::sum);
    }
}
