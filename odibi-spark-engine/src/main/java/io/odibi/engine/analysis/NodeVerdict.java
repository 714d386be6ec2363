package io.odibi.engine.analysis;

import io.odibi.core.describe.Step;
import io.odibi.core.finding.Finding;
import io.odibi.core.plan.NodeId;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.StreamingPlan;
import io.odibi.core.text.Position;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Judges one analysed node and finds the place of each fault: inside the SQL that made it, else at the step after which it first
 * appears, which may be one of an upstream node.
 */
final class NodeVerdict {

    private final Function<NodeId, Optional<AnalyzedNode>> others;

    NodeVerdict(Function<NodeId, Optional<AnalyzedNode>> others) {
        this.others = others;
    }

    List<Finding> check(AnalyzedNode analyzed, StreamingPlan streaming) {
        return violations(analyzed.rows(), streaming).stream()
                .map(violation -> at(place(violation, analyzed, streaming), violation.finding()))
                .distinct()
                .toList();
    }

    private Position place(Violation violation, AnalyzedNode analyzed, StreamingPlan streaming) {
        return violation.fault() == Fault.NO_AGGREGATE
                ? streaming.outputMode().at()
                : find(violation, analyzed, streaming).orElse(analyzed.node().at());
    }

    private Optional<Position> find(Violation violation, AnalyzedNode analyzed, StreamingPlan streaming) {
        NodePlan node = analyzed.node();
        for (NodeId up : node.upstream()) {
            Optional<AnalyzedNode> upstream = others.apply(up);
            if (upstream.isPresent() && has(upstream.get().rows(), violation, streaming)) {
                return find(violation, upstream.get(), streaming);
            }
        }
        for (AnalyzedNode.Made made : analyzed.made()) {
            if (has(made.rows(), violation, streaming)) {
                return Optional.of(within(made.step(), violation));
            }
        }
        // Only the whole node has it, such as a watermark set after the last step.
        List<AnalyzedNode.Made> made = analyzed.made();
        return made.isEmpty()
                ? Optional.empty()
                : Optional.of(within(made.get(made.size() - 1).step(), violation));
    }

    private static boolean has(Dataset<Row> rows, Violation violation, StreamingPlan streaming) {
        return violations(rows, streaming).stream()
                .anyMatch(other -> other.fault() == violation.fault()
                        && other.origin().equals(violation.origin())
                        && other.finding().message().equals(violation.finding().message()));
    }

    private static Position within(Step step, Violation violation) {
        return StepTexts.locate(step, violation.origin()).orElse(step.at());
    }

    static List<Violation> violations(Dataset<Row> rows, StreamingPlan streaming) {
        return StreamRules.check(
                rows.queryExecution().analyzed(), streaming.outputMode().value(), streaming.stateGrowth());
    }

    static Finding at(Position place, Finding finding) {
        return new Finding(finding.code(), place, finding.message(), finding.notes());
    }
}
