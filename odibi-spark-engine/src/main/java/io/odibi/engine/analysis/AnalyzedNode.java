package io.odibi.engine.analysis;

import io.odibi.core.describe.Step;
import io.odibi.core.plan.NodePlan;
import io.odibi.engine.frames.Frame;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A node whose steps have been analysed.
 *
 * @param node the node
 * @param made what each step has made, in order
 * @param frame what the node makes, with the watermarks that it sets
 */
record AnalyzedNode(NodePlan node, List<Made> made, Frame frame) {

    /** What a step has made. */
    record Made(Step step, Dataset<Row> rows) {}

    AnalyzedNode {
        made = List.copyOf(made);
    }

    /** What the node makes. */
    Dataset<Row> rows() {
        return frame.rows();
    }
}
