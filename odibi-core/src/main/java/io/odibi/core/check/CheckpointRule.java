package io.odibi.core.check;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.StreamingPlan;
import io.odibi.core.port.CheckContext;
import io.odibi.core.port.Rule;
import java.util.LinkedHashMap;
import java.util.Map;

/** Every stream has a checkpoint of its own: Spark neither notices nor survives two queries on one. */
final class CheckpointRule implements Rule {

    @Override
    public void check(CheckContext context) {
        Map<String, NodePlan> owners = new LinkedHashMap<>();
        for (NodePlan node : context.plan().nodes()) {
            if (node.write().isPresent()) {
                node.streaming().ifPresent(streaming -> check(node, streaming, owners, context));
            }
        }
    }

    private static void check(
            NodePlan node, StreamingPlan streaming, Map<String, NodePlan> owners, CheckContext context) {
        String checkpoint = streaming.checkpoint().value();
        NodePlan owner = owners.putIfAbsent(checkpoint, node);
        if (owner != null) {
            context.report(
                    node.id(),
                    Finding.of(
                                    FindingCode.PLAN_CHECKPOINT,
                                    streaming.checkpoint().at(),
                                    "nodes '" + owner.id() + "' and '" + node.id() + "' share the checkpoint '"
                                            + checkpoint + "'")
                            .why("two streams on one checkpoint lose and repeat rows")
                            .fix("give each its own, or leave 'checkpoint_location' out for a stable default"));
        }
    }
}
