package io.odibi.engine.numbered;

import io.odibi.core.describe.Numbering;
import io.odibi.core.describe.Numbering.Gaps;
import io.odibi.core.error.InternalException;
import io.odibi.engine.failure.LostRowsException;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.connector.read.streaming.ReadMaxRows;
import org.apache.spark.sql.connector.read.streaming.SupportsTriggerAvailableNow;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.sql.execution.streaming.Offset;
import org.apache.spark.sql.execution.streaming.SerializedOffset;
import org.apache.spark.sql.execution.streaming.Source;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Option;

/**
 * Reads through another source and adds what that one lacks: it bounds micro-batches, ends at what was there for {@code availableNow} (a
 * source with a limit of its own is asked by Spark before it knows its checkpoint, and never gets beyond its first micro-batch:
 * Azure/azure-event-hubs-spark#656), tells where its rows end, and holds the rows of each micro-batch against their numbers. The other
 * source has to give all that is there, and one partition of Spark for each of its own, in their order. Used by the query's thread alone.
 */
final class NumberedSource implements Source, SupportsTriggerAvailableNow {

    private final Source inner;
    private final Numbering numbering;
    private final SQLContext context;
    private final FirstOffset first;
    private boolean endsAtWhatIsThere;
    private @Nullable PartitionOffsets last;
    private @Nullable PartitionOffsets latest;

    NumberedSource(Source inner, Numbering numbering, SQLContext context, FirstOffset first) {
        this.inner = inner;
        this.numbering = numbering;
        this.context = context;
        this.first = first;
    }

    @Override
    public StructType schema() {
        return inner.schema();
    }

    @Override
    public void prepareForTriggerAvailableNow() {
        endsAtWhatIsThere = true;
    }

    @Override
    public ReadLimit getDefaultReadLimit() {
        return numbering.rowsPerBatch().isPresent()
                ? ReadLimit.maxRows(numbering.rowsPerBatch().getAsLong())
                : ReadLimit.allAvailable();
    }

    @Override
    public Option<Offset> getOffset() {
        return inner.getOffset();
    }

    @Override
    public org.apache.spark.sql.connector.read.streaming.@Nullable Offset latestOffset(
            org.apache.spark.sql.connector.read.streaming.@Nullable Offset start, ReadLimit limit) {
        Option<Offset> there = inner.getOffset();
        if (there.isEmpty()) {
            return start;
        }
        PartitionOffsets now = read(there.get().json());
        latest = now;
        if (endsAtWhatIsThere) {
            last = last == null ? now : last;
            now = now.atMost(last);
        }
        PartitionOffsets from = start == null ? first.read().orElse(now) : read(start.json());
        PartitionOffsets end =
                limit instanceof ReadMaxRows rows && from.until(now) > 0 ? from.limited(now, rows.maxRows()) : now;
        // The same object: Spark compares offsets as text, in which partitions may stand in another order.
        return start != null && end.equals(from) ? start : new SerializedOffset(end.json());
    }

    @Override
    public org.apache.spark.sql.connector.read.streaming.@Nullable Offset reportLatestOffset() {
        return latest == null ? null : new SerializedOffset(latest.json());
    }

    @Override
    public Dataset<Row> getBatch(Option<Offset> start, Offset end) {
        if (latest == null) {
            // As after a crash: one that has not been asked where its rows are waits for those that have expired.
            Option<Offset> there = inner.getOffset();
            latest = there.isEmpty() ? null : read(there.get().json());
        }
        Dataset<Row> rows = inner.getBatch(start, end);
        PartitionOffsets to = read(end.json());
        PartitionOffsets from =
                start.isDefined() ? read(start.get().json()) : first.read().orElse(to);
        if (from.equals(to)) {
            return rows;
        }
        refuseGoingBack(numbers(from), numbers(to), start.isDefined());
        return watched(rows, numbers(from), numbers(to));
    }

    private void refuseGoingBack(Map<Integer, Long> from, Map<Integer, Long> to, boolean hasRead) {
        to.forEach((partition, end) -> {
            Long begin = from.get(partition);
            if (numbering.gaps() == Gaps.REFUSED && begin != null && end < begin) {
                throw hasRead
                        ? LostRowsException.begunAnew(partition, begin, end)
                        : LostRowsException.notThereYet(partition, begin, end);
            }
        });
    }

    private Dataset<Row> watched(Dataset<Row> rows, Map<Integer, Long> from, Map<Integer, Long> to) {
        if (!(rows.logicalPlan() instanceof LogicalRDD given)) {
            throw new InternalException(inner + " does not give its rows as they come");
        }
        int column = schema().fieldIndex(numbering.column());
        Gaps gaps = numbering.gaps();
        RDD<InternalRow> watched = given.rdd()
                .toJavaRDD()
                .mapPartitionsWithIndex(
                        (partition, inPartition) -> new NumberedRows(
                                inPartition,
                                column,
                                partition,
                                from.getOrDefault(partition, NumberedRows.ANY),
                                to.getOrDefault(partition, NumberedRows.ANY),
                                gaps),
                        true)
                .rdd();
        return context.internalCreateDataFrame(watched, schema(), true);
    }

    @Override
    public void commit(Offset end) {
        inner.commit(end);
    }

    @Override
    public void stop() {
        inner.stop();
    }

    @Override
    public String toString() {
        return inner.toString();
    }

    private PartitionOffsets read(String json) {
        return PartitionOffsets.read(json)
                .orElseThrow(() -> new InternalException(inner + " does not count its rows by partition: " + json));
    }

    /** Of a source with one name, the numbers of its partitions. */
    private Map<Integer, Long> numbers(PartitionOffsets offsets) {
        if (offsets.byName().size() != 1) {
            throw new InternalException(inner + " has rows of several names: " + offsets.json());
        }
        // A map that Spark can send.
        return new HashMap<>(offsets.byName().values().iterator().next());
    }
}
