package io.odibi.core.planning;

import io.odibi.core.model.InputSpec;
import io.odibi.core.model.NodeSpec;
import io.odibi.core.model.PipelineSpec;
import io.odibi.core.model.ProjectSpec;
import io.odibi.core.plan.NodeId;
import io.odibi.core.text.Located;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A part of a project: some nodes, and all that they use. It is a project again, so it is planned and checked like one. */
public final class Selection {

    private final Set<NodeId> wanted;

    /**
     * Selects nodes.
     *
     * @param wanted the nodes that are asked for; unknown ones select nothing
     */
    public Selection(Set<NodeId> wanted) {
        this.wanted = Set.copyOf(wanted);
    }

    /** Returns the project with the wanted nodes and those that they use, in the order written; other pipelines are left out. */
    public ProjectSpec of(ProjectSpec project) {
        Set<NodeId> kept = withUpstream(project);
        List<PipelineSpec> pipelines = new ArrayList<>();
        for (PipelineSpec pipeline : project.pipelines()) {
            List<NodeSpec> nodes = pipeline.nodes().stream()
                    .filter(node -> kept.contains(id(pipeline, node)))
                    .toList();
            if (!nodes.isEmpty()) {
                pipelines.add(new PipelineSpec(pipeline.name(), pipeline.description(), nodes, pipeline.at()));
            }
        }
        return project.withPipelines(pipelines);
    }

    private Set<NodeId> withUpstream(ProjectSpec project) {
        Map<NodeId, NodeSpec> specs = new LinkedHashMap<>();
        project.pipelines()
                .forEach(pipeline -> pipeline.nodes().forEach(node -> specs.putIfAbsent(id(pipeline, node), node)));
        Set<NodeId> kept = new HashSet<>();
        Deque<NodeId> next = new ArrayDeque<>(wanted);
        while (!next.isEmpty()) {
            NodeId id = next.pop();
            Optional.ofNullable(specs.get(id))
                    .filter(spec -> kept.add(id))
                    .ifPresent(spec -> upstream(id, spec).forEach(next::push));
        }
        return kept;
    }

    private static Set<NodeId> upstream(NodeId id, NodeSpec spec) {
        Set<NodeId> nodes = new LinkedHashSet<>();
        for (Located<String> name : spec.dependsOn()) {
            nodes.add(new NodeId(id.pipeline(), name.value()));
        }
        for (InputSpec input : spec.inputs().values()) {
            if (input instanceof InputSpec.OfNode of) {
                nodes.add(new NodeId(
                        of.pipeline().orElse(id.pipeline()), of.node().value()));
            }
        }
        return nodes;
    }

    private static NodeId id(PipelineSpec pipeline, NodeSpec node) {
        return new NodeId(pipeline.name().value(), node.name().value());
    }
}
