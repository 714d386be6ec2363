package io.odibi.engine.streaming;

import io.odibi.core.describe.Target.BatchIdentity;
import io.odibi.core.describe.Target.BatchTarget;
import io.odibi.core.describe.Target.BatchWriter;
import io.odibi.core.error.InternalException;
import io.odibi.core.plan.NodeId;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.CollectionAccumulator;

/**
 * Hands micro-batches to the writer of a plugin, and makes sure that it takes each to its end. What a writer leaves is lost, and of a
 * stateful query the state of its partitions is not written: the next start would not find it.
 */
final class WholeBatches {

    private static final String QUERY_ID = "sql.streaming.queryId";

    private final NodeId node;
    private final BatchTarget<Dataset<Row>> target;

    WholeBatches(NodeId node, BatchTarget<Dataset<Row>> target) {
        this.node = node;
        this.target = target;
    }

    /** Writes a micro-batch. */
    void write(Dataset<Row> rows, long number) {
        SparkSession session = rows.sparkSession();
        CollectionAccumulator<Integer> taken = session.sparkContext().collectionAccumulator();
        RDD<InternalRow> all = rows.queryExecution().toRdd();
        BatchWriter<Dataset<Row>> writer = target.writer();
        writer.write(
                session.internalCreateDataFrame(watched(all, taken), rows.schema(), false),
                new BatchIdentity(session.sparkContext().getLocalProperty(QUERY_ID), number));
        Set<Integer> toTheEnd = new HashSet<>(taken.value());
        if (toTheEnd.size() < all.getNumPartitions()) {
            throw new InternalException("cannot write node '" + node.node() + "' to " + target.label()
                    + ": its writer has taken " + toTheEnd.size() + " of " + all.getNumPartitions()
                    + " partitions of micro-batch " + number + "; a writer has to take every row");
        }
    }

    private static RDD<InternalRow> watched(RDD<InternalRow> rows, CollectionAccumulator<Integer> taken) {
        return rows.toJavaRDD()
                .mapPartitionsWithIndex((partition, inner) -> new Watched(inner, partition, taken), true)
                .rdd();
    }

    /** Rows as they are; says when the last has been taken. */
    private static final class Watched implements Iterator<InternalRow> {
        private final Iterator<InternalRow> rows;
        private final int partition;
        private final CollectionAccumulator<Integer> taken;
        private boolean isTold;

        private Watched(Iterator<InternalRow> rows, int partition, CollectionAccumulator<Integer> taken) {
            this.rows = rows;
            this.partition = partition;
            this.taken = taken;
        }

        @Override
        public boolean hasNext() {
            boolean hasNext = rows.hasNext();
            if (!hasNext && !isTold) {
                isTold = true;
                taken.add(partition);
            }
            return hasNext;
        }

        @Override
        public InternalRow next() {
            return rows.next();
        }
    }
}
