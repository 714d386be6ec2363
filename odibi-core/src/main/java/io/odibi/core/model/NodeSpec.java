package io.odibi.core.model;

import io.odibi.core.text.Located;
import io.odibi.core.text.Position;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One node of a pipeline.
 *
 * @param name unique in its pipeline
 * @param description for people
 * @param dependsOn nodes of the same pipeline that run before it; without a read, the first is its input
 * @param streaming how it runs as a stream; empty for batch
 * @param read what it reads
 * @param inputs named inputs, each a view of that name for its steps
 * @param steps what it does, in order
 * @param write where it writes; empty for a node that others build on
 * @param at where it was written
 */
public record NodeSpec(
        Located<String> name,
        Optional<String> description,
        List<Located<String>> dependsOn,
        Optional<StreamingSpec> streaming,
        Optional<ReadSpec> read,
        Map<String, InputSpec> inputs,
        List<StepSpec> steps,
        Optional<WriteSpec> write,
        Position at) {

    public NodeSpec {
        dependsOn = List.copyOf(dependsOn);
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        steps = List.copyOf(steps);
    }
}
