package io.odibi.engine.frames;

import io.odibi.core.model.Processing;
import io.odibi.core.plan.NodeId;
import io.odibi.core.plan.ReadPlan;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Where a {@link FrameBuilder} gets its inputs: the real systems in a run, empty relations of the same columns in a check. */
public interface FrameSource {

    /** Returns the rows of a read, lazily. Called once for each read of the node. */
    Dataset<Row> read(ReadPlan read);

    /**
     * Returns the rows of an upstream node, which has been built before. Called once for each use of the node.
     *
     * @param node which node
     * @param use how the rows are treated: a batch takes what a stream has written, where that can be read again
     * @throws IllegalStateException if the node has no rows to give
     */
    Dataset<Row> upstream(NodeId node, Processing use);
}
