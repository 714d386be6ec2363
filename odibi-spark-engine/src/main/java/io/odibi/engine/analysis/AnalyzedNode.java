package io.odibi.engine.analysis;

import io.odibi.core.describe.Step;
import io.odibi.core.plan.NodePlan;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A node whose steps have been analysed.
 *
 * @param node the node
 * @param made what each step has made, in order
 * @param rows what the node makes
 */
record AnalyzedNode(NodePlan node, List<Made> made, Dataset<Row> rows) {

    /** What a step has made. */
    record Made(Step step, Dataset<Row> rows) {}

    AnalyzedNode {
        made = List.copyOf(made);
    }
}
