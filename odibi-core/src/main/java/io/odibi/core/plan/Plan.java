package io.odibi.core.plan;

import io.odibi.core.model.Processing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What will run, every name resolved.
 *
 * @param project the project's name
 * @param nodes in an order in which each comes after those that it uses
 * @param engine settings of the engine, by their full names
 */
public record Plan(String project, List<NodePlan> nodes, Map<String, String> engine) {

    public Plan {
        nodes = List.copyOf(nodes);
        engine = Collections.unmodifiableMap(new LinkedHashMap<>(engine));
    }

    /** Returns the node of that name. */
    public Optional<NodePlan> find(NodeId id) {
        return nodes.stream().filter(node -> node.id().equals(id)).findFirst();
    }

    /** Returns the nodes that use the result of {@code id}. */
    public List<NodePlan> downstream(NodeId id) {
        return nodes.stream().filter(node -> node.upstream().contains(id)).toList();
    }

    /** Returns the names of the streams that a node reads, by itself and through the views that it builds on. */
    public List<String> streamsOf(NodeId id) {
        List<String> labels = new ArrayList<>();
        find(id).ifPresent(node -> {
            List<InputPlan> inputs = new ArrayList<>(node.inputs().values());
            node.primary().filter(primary -> !inputs.contains(primary)).ifPresent(inputs::add);
            for (InputPlan input : inputs) {
                if (input instanceof InputPlan.FromRead from && from.read().processing() == Processing.STREAMING) {
                    labels.add(from.read().scan().label());
                } else if (input instanceof InputPlan.FromNode view) {
                    find(view.node())
                            .filter(up -> up.processing() == Processing.STREAMING)
                            .ifPresent(up -> labels.addAll(streamsOf(up.id())));
                }
            }
        });
        return labels;
    }
}
