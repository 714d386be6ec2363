package io.odibi.core.model;

import io.odibi.core.text.Located;
import io.odibi.core.text.Position;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A project as it was written.
 *
 * @param name its name
 * @param folder the folder that relative local paths start from
 * @param connections by name, in the order written
 * @param pipelines in the order written
 * @param engine settings of the engine ({@code spark:}), by their full names
 * @param stateLocation where checkpoints and other state go by default; empty for the product's default
 * @param monitoring how runs tell of themselves
 * @param at where it was written
 */
public record ProjectSpec(
        String name,
        Path folder,
        Map<String, ConnectionSpec> connections,
        List<PipelineSpec> pipelines,
        Map<String, Located<String>> engine,
        Optional<Located<String>> stateLocation,
        MonitoringSpec monitoring,
        Position at) {

    /** Makes a project that says nothing of monitoring. */
    public ProjectSpec(
            String name,
            Path folder,
            Map<String, ConnectionSpec> connections,
            List<PipelineSpec> pipelines,
            Map<String, Located<String>> engine,
            Optional<Located<String>> stateLocation,
            Position at) {
        this(name, folder, connections, pipelines, engine, stateLocation, MonitoringSpec.none(), at);
    }

    public ProjectSpec {
        connections = Collections.unmodifiableMap(new LinkedHashMap<>(connections));
        pipelines = List.copyOf(pipelines);
        engine = Collections.unmodifiableMap(new LinkedHashMap<>(engine));
    }

    /** Returns this project with other pipelines. */
    public ProjectSpec withPipelines(List<PipelineSpec> others) {
        return new ProjectSpec(name, folder, connections, others, engine, stateLocation, monitoring, at);
    }

    /** Returns this project with other settings of the engine. */
    public ProjectSpec withEngine(Map<String, Located<String>> others) {
        return new ProjectSpec(name, folder, connections, pipelines, others, stateLocation, monitoring, at);
    }
}
