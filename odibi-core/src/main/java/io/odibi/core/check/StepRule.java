package io.odibi.core.check;

import io.odibi.core.describe.Step;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.model.OutputMode;
import io.odibi.core.model.Processing;
import io.odibi.core.model.StreamingSpec.StateGrowth;
import io.odibi.core.plan.InputPlan;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.StreamingPlan;
import io.odibi.core.port.CheckContext;
import io.odibi.core.port.Rule;
import io.odibi.core.text.Position;

/** No step of a stream needs what a stream never has: its whole input. */
final class StepRule implements Rule {

    @Override
    public void check(CheckContext context) {
        for (NodePlan node : context.plan().nodes()) {
            node.streaming()
                    .ifPresent(streaming -> node.steps().forEach(step -> check(node, streaming, step, context)));
        }
    }

    private static void check(NodePlan node, StreamingPlan streaming, Step step, CheckContext context) {
        switch (context.transform(step.type()).streamTrait(step)) {
            case NEEDS_COMPLETE_INPUT -> {
                if (streaming.outputMode().value() != OutputMode.COMPLETE) {
                    context.report(
                            node.id(),
                            refuse(FindingCode.PLAN_NEEDS_COMPLETE_INPUT, step)
                                    .why("'" + step.type() + "' needs its whole input, but " + endless(node)
                                            + " never ends")
                                    .fix("drop the step, or run the node in batch"));
                }
            }
            case BATCH_ONLY ->
                context.report(
                        node.id(),
                        refuse(FindingCode.PLAN_BATCH_ONLY_STEP, step)
                                .why("'" + step.type() + "' has no streaming form")
                                .fix("move the step to a batch node"));
            case STATEFUL -> {
                if (!context.isBroken(node.id())
                        && streaming.watermarks().isEmpty()
                        && !isWatermarkedUpstream(node, context)
                        && streaming.stateGrowth() == StateGrowth.BOUNDED) {
                    context.report(
                            node.id(),
                            Finding.of(
                                            FindingCode.PLAN_NEEDS_WATERMARK,
                                            step.at(),
                                            "'" + step.type() + "' needs a watermark in a stream")
                                    .why("'" + step.type()
                                            + "' remembers rows, and only a watermark tells when it may forget them")
                                    .fix("add 'watermark: \"<event-time column>, 10 minutes\"' under 'streaming', or"
                                            + " take unbounded state with 'unbounded_state: accept'"));
                }
            }
            case STATELESS, BY_ANALYSIS -> {}
        }
    }

    private static boolean isWatermarkedUpstream(NodePlan node, CheckContext context) {
        return node.upstream().stream()
                .flatMap(id -> context.plan().find(id).stream())
                .anyMatch(up -> up.streaming()
                        .map(streaming -> !streaming.watermarks().isEmpty() || isWatermarkedUpstream(up, context))
                        .orElse(false));
    }

    private static Finding refuse(FindingCode code, Step step) {
        return Finding.of(code, step.at(), "'" + step.type() + "' cannot run in a stream");
    }

    private static String endless(NodePlan node) {
        if (node.primary().orElse(null) instanceof InputPlan.FromRead from
                && from.read().processing() == Processing.STREAMING) {
            Position at = from.read().at();
            return "the read of '" + node.id().node() + "' (" + at.line() + ":" + at.column() + ")";
        }
        return "the input of '" + node.id().node() + "'";
    }
}
