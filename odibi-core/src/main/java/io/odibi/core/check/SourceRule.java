package io.odibi.core.check;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.model.Processing;
import io.odibi.core.plan.InputPlan;
import io.odibi.core.plan.NodeId;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.Plan;
import io.odibi.core.port.CheckContext;
import io.odibi.core.port.Rule;
import java.util.ArrayList;
import java.util.List;

/** A stream has a stream among its inputs, and what never ends does not feed a batch. */
final class SourceRule implements Rule {

    @Override
    public void check(CheckContext context) {
        for (NodePlan node : context.plan().nodes()) {
            List<InputPlan> inputs = new ArrayList<>(node.inputs().values());
            node.primary().ifPresent(inputs::add);
            if (node.processing() == Processing.STREAMING) {
                checkStream(node, inputs, context);
            } else {
                inputs.forEach(input -> checkBatch(node, input, context));
            }
        }
    }

    private static void checkStream(NodePlan node, List<InputPlan> inputs, CheckContext context) {
        if (!context.isBroken(node.id()) && inputs.stream().noneMatch(input -> isStream(input, context.plan()))) {
            context.report(
                    node.id(),
                    Finding.of(
                                    FindingCode.PLAN_SOURCE_MODE,
                                    node.at(),
                                    "node '" + node.id().node() + "' is a stream, but none of its inputs is")
                            .fix("take 'streaming' out, or read from a source that is a stream"));
        }
    }

    private static boolean isStream(InputPlan input, Plan plan) {
        return input.fold(
                from -> from.read().processing() == Processing.STREAMING,
                from -> plan.find(from.node())
                        .map(up -> up.processing() == Processing.STREAMING)
                        .orElse(true));
    }

    private static void checkBatch(NodePlan node, InputPlan input, CheckContext context) {
        if (input instanceof InputPlan.FromNode from) {
            context.plan()
                    .find(from.node())
                    .filter(SourceRule::neverEnds)
                    .ifPresent(up -> reportEndless(node, up.id(), context));
        } else if (input instanceof InputPlan.FromRead from && from.read().processing() == Processing.STREAMING) {
            context.report(
                    node.id(),
                    Finding.of(
                                    FindingCode.PLAN_SOURCE_MODE,
                                    from.read().at(),
                                    "node '" + node.id().node() + "' runs in batch, but this read is a stream")
                            .fix("make the node a stream: 'streaming: {enabled: true}'"));
        }
    }

    private static boolean neverEnds(NodePlan node) {
        return node.streaming()
                .map(streaming -> !streaming.trigger().ends() || node.write().isEmpty())
                .orElse(false);
    }

    private static void reportEndless(NodePlan node, NodeId up, CheckContext context) {
        context.report(
                node.id(),
                Finding.of(
                                FindingCode.PLAN_STREAM_INTO_BATCH,
                                node.at(),
                                "node '" + node.id().node() + "' runs in batch, but waits for the stream '" + up.node()
                                        + "'")
                        .why("'" + up.node() + "' never ends")
                        .fix("make '" + node.id().node() + "' a stream, or give '" + up.node()
                                + "' a write and 'trigger: available_now'"));
    }
}
