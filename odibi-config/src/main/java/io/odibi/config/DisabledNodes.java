package io.odibi.config;

import io.odibi.core.model.InputSpec;
import io.odibi.core.model.NodeSpec;
import io.odibi.core.model.PipelineSpec;
import io.odibi.core.plan.NodeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Leaves out nodes with {@code enabled: false}, and all that depends on them, in whatever pipeline. */
final class DisabledNodes {

    private DisabledNodes() {}

    static List<PipelineSpec> leaveOut(List<PipelineKeys.Pipeline> pipelines) {
        Map<NodeId, List<NodeId>> dependents = new HashMap<>();
        Deque<NodeId> next = new ArrayDeque<>();
        for (PipelineKeys.Pipeline pipeline : pipelines) {
            String name = pipeline.spec().name().value();
            pipeline.disabled().forEach(node -> next.add(new NodeId(name, node)));
            for (NodeSpec node : pipeline.spec().nodes()) {
                NodeId id = new NodeId(name, node.name().value());
                upstream(name, node)
                        .forEach(up -> dependents
                                .computeIfAbsent(up, key -> new ArrayList<>())
                                .add(id));
            }
        }
        Set<NodeId> out = new HashSet<>();
        while (!next.isEmpty()) {
            NodeId node = next.remove();
            if (out.add(node)) {
                next.addAll(dependents.getOrDefault(node, List.of()));
            }
        }
        return pipelines.stream()
                .map(PipelineKeys.Pipeline::spec)
                .map(pipeline -> without(out, pipeline))
                .toList();
    }

    private static List<NodeId> upstream(String pipeline, NodeSpec node) {
        List<NodeId> upstream = new ArrayList<>();
        node.dependsOn().forEach(name -> upstream.add(new NodeId(pipeline, name.value())));
        for (InputSpec input : node.inputs().values()) {
            if (input instanceof InputSpec.OfNode of) {
                upstream.add(
                        new NodeId(of.pipeline().orElse(pipeline), of.node().value()));
            }
        }
        return upstream;
    }

    private static PipelineSpec without(Set<NodeId> out, PipelineSpec pipeline) {
        List<NodeSpec> left = pipeline.nodes().stream()
                .filter(node -> !out.contains(
                        new NodeId(pipeline.name().value(), node.name().value())))
                .toList();
        return new PipelineSpec(pipeline.name(), pipeline.description(), left, pipeline.at());
    }
}
