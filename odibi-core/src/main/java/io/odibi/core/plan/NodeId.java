package io.odibi.core.plan;

import java.util.Comparator;
import java.util.Objects;

/**
 * Names a node in its project; also the name of its query.
 *
 * @param pipeline the pipeline's name
 * @param node the node's name
 */
public record NodeId(String pipeline, String node) implements Comparable<NodeId> {

    private static final Comparator<NodeId> ORDER =
            Comparator.comparing(NodeId::pipeline).thenComparing(NodeId::node);

    public NodeId {
        Objects.requireNonNull(pipeline, "pipeline");
        Objects.requireNonNull(node, "node");
    }

    @Override
    public int compareTo(NodeId other) {
        return ORDER.compare(this, other);
    }

    /** {@code pipeline.node}. */
    @Override
    public String toString() {
        return pipeline + "." + node;
    }
}
