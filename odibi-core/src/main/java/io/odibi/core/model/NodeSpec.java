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
 * @param completeness whether all of it could be read
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
        Completeness completeness,
        Position at) {

    /** Whether all of a node could be read. */
    public enum Completeness {
        /** All of it. */
        WHOLE,
        /** Faults were told: later looks go on with what is left, and conclude nothing from what is missing. */
        PARTIAL
    }

    public NodeSpec {
        dependsOn = List.copyOf(dependsOn);
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        steps = List.copyOf(steps);
    }

    /** Makes a node of which nothing is missing. */
    public NodeSpec(
            Located<String> name,
            Optional<String> description,
            List<Located<String>> dependsOn,
            Optional<StreamingSpec> streaming,
            Optional<ReadSpec> read,
            Map<String, InputSpec> inputs,
            List<StepSpec> steps,
            Optional<WriteSpec> write,
            Position at) {
        this(name, description, dependsOn, streaming, read, inputs, steps, write, Completeness.WHOLE, at);
    }
}
