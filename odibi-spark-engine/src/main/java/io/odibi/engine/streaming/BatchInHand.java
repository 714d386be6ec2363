package io.odibi.engine.streaming;

import io.odibi.core.execution.Failure.FailedBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.read.streaming.SparkDataStream;
import org.apache.spark.sql.execution.streaming.StreamExecution;
import org.apache.spark.sql.execution.streaming.StreamingQueryWrapper;
import org.apache.spark.sql.streaming.StreamingQuery;
import scala.Option;
import scala.Tuple2;
import scala.collection.JavaConverters;

/** Which micro-batch a query has in hand, or had when it failed: the one whose offsets it has written down, but not its commit. */
final class BatchInHand {

    private static final String NOTHING = "the start";

    private BatchInHand() {}

    /** Whether it is certain that the query has no micro-batch in hand. */
    static boolean isNone(StreamingQuery query) {
        StreamExecution execution = ((StreamingQueryWrapper) query).streamingQuery();
        try {
            Option<Object> written = execution.offsetLog().getLatestBatchId();
            return written.isEmpty() || written.equals(execution.commitLog().getLatestBatchId());
        } catch (RuntimeException unreadable) {
            return false;
        }
    }

    /** Returns the micro-batch; empty if there was none, or if the checkpoint cannot be read, which is then the failure itself. */
    static Optional<FailedBatch> of(StreamingQuery query) {
        StreamExecution execution = ((StreamingQueryWrapper) query).streamingQuery();
        try {
            Option<Object> written = execution.offsetLog().getLatestBatchId();
            Option<Object> committed = execution.commitLog().getLatestBatchId();
            return written.isEmpty() || written.equals(committed)
                    ? Optional.empty()
                    : Optional.of(new FailedBatch((Long) written.get(), offsets(execution)));
        } catch (RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    private static String offsets(StreamExecution execution) {
        List<String> ranges = new ArrayList<>();
        for (Tuple2<SparkDataStream, ?> end : JavaConverters.asJavaIterable(execution.availableOffsets())) {
            Option<?> start = execution.committedOffsets().get(end._1());
            ranges.add(end._1() + " from " + (start.isEmpty() ? NOTHING : String.valueOf(start.get())) + " to "
                    + end._2());
        }
        return String.join(", ", ranges);
    }
}
