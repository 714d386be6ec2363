package io.odibi.core.model;

import io.odibi.core.text.Located;
import io.odibi.core.text.Position;
import java.util.List;
import java.util.Optional;

/**
 * One pipeline.
 *
 * @param name unique in its project
 * @param description for people
 * @param nodes its nodes, in the order written
 * @param at where it was written
 */
public record PipelineSpec(Located<String> name, Optional<String> description, List<NodeSpec> nodes, Position at) {

    public PipelineSpec {
        nodes = List.copyOf(nodes);
    }
}
