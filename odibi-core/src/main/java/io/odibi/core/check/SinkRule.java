package io.odibi.core.check;

import io.odibi.core.describe.SinkTraits;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.model.OutputMode;
import io.odibi.core.model.WriteMode;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.StreamingPlan;
import io.odibi.core.plan.WritePlan;
import io.odibi.core.port.CheckContext;
import io.odibi.core.port.Rule;
import java.util.Optional;

/** The sink can do what the node asks of it. */
final class SinkRule implements Rule {

    @Override
    public void check(CheckContext context) {
        for (NodePlan node : context.plan().nodes()) {
            node.write().ifPresent(write -> check(node, write, context));
        }
    }

    private static void check(NodePlan node, WritePlan write, CheckContext context) {
        Optional<StreamingPlan> streaming = node.streaming();
        if (streaming.isPresent()) {
            checkStream(node, write, streaming.get(), context);
        } else {
            checkMode(node, write, context);
        }
    }

    private static void checkStream(NodePlan node, WritePlan write, StreamingPlan streaming, CheckContext context) {
        SinkTraits traits = write.traits();
        OutputMode mode = streaming.outputMode().value();
        if (!traits.outputModes().contains(mode)) {
            Finding finding = traits.outputModes().isEmpty()
                    ? Finding.of(
                            FindingCode.PLAN_OUTPUT_MODE,
                            write.at(),
                            "format '" + write.format() + "' cannot be written as a stream")
                    : Finding.of(
                                    FindingCode.PLAN_OUTPUT_MODE,
                                    streaming.outputMode().at(),
                                    "format '" + write.format() + "' cannot be written in output mode '" + mode.word()
                                            + "'")
                            .allow(String.join(
                                    ", ",
                                    traits.outputModes().stream()
                                            .sorted()
                                            .map(OutputMode::word)
                                            .toList()));
            context.report(node.id(), finding);
        }
        // Of a stream the other modes say nothing: it adds, or as its output mode says.
        if (write.mode().isByKeys()) {
            checkMode(node, write, context);
        }
    }

    private static void checkMode(NodePlan node, WritePlan write, CheckContext context) {
        SinkTraits traits = write.traits();
        if (!traits.writeModes().contains(write.mode())) {
            context.report(
                    node.id(),
                    Finding.of(
                                    FindingCode.PLAN_WRITE_MODE,
                                    write.at(),
                                    traits.writeModes().isEmpty()
                                            ? "format '" + write.format() + "' cannot be written in batch"
                                            : "format '" + write.format() + "' cannot be written in mode '"
                                                    + write.mode().word() + "'")
                            .allow(String.join(
                                    ", ",
                                    traits.writeModes().stream()
                                            .sorted()
                                            .map(WriteMode::word)
                                            .toList())));
        }
    }
}
