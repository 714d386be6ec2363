package io.odibi.engine.streaming;

import io.odibi.core.execution.QueryHandle;
import io.odibi.core.execution.QueryProgress;
import io.odibi.core.execution.RowCounts;
import io.odibi.core.plan.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.SourceProgress;
import org.apache.spark.sql.streaming.StateOperatorProgress;
import org.apache.spark.sql.streaming.StreamingQueryProgress;

/** Turns Spark's report of a micro-batch into ours, and leaves out what in it is no figure: NaN rates, a watermark of 1970. */
final class ProgressReading {

    private ProgressReading() {}

    static QueryProgress read(NodeId node, StreamingQueryProgress progress) {
        return new QueryProgress(
                node,
                new QueryHandle(progress.id().toString(), progress.runId().toString(), progress.name()),
                progress.batchId(),
                Instant.parse(progress.timestamp()),
                new RowCounts(OptionalLong.of(progress.numInputRows()), rowsOut(progress)),
                rate(progress),
                Duration.ofMillis(progress.batchDuration()),
                watermark(progress),
                lag(progress),
                state(progress),
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

    private static OptionalLong state(StreamingQueryProgress progress) {
        StateOperatorProgress[] operators = progress.stateOperators();
        return operators.length == 0
                ? OptionalLong.empty()
                : OptionalLong.of(Arrays.stream(operators)
                        .mapToLong(StateOperatorProgress::numRowsTotal)
                        .sum());
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
