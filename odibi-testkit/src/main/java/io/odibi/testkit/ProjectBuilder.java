package io.odibi.testkit;

import io.odibi.core.model.ConnectionSpec;
import io.odibi.core.model.PipelineSpec;
import io.odibi.core.model.ProjectSpec;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.Located;
import io.odibi.core.text.Position;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes a project in code:
 *
 * <pre>{@code
 * ProjectSpec project = new ProjectBuilder("demo")
 *         .connection("events", "kafka", mapping("bootstrap_servers", "localhost:9092"))
 *         .pipeline("p", new NodeBuilder("copy")
 *                 .read("events", "kafka", mapping("subscribe", "raw"))
 *                 .write("events", "kafka", mapping("topic", "copied")))
 *         .build();
 * }</pre>
 *
 * <p>Everything stands at the start of {@value ConfigValues#FILE}, but for settings, which stand where {@link ConfigValues} put them.
 */
public final class ProjectBuilder {

    static final Position AT = new Position(ConfigValues.FILE, 1, 1);

    private final String name;
    private final Map<String, ConnectionSpec> connections = new LinkedHashMap<>();
    private final List<PipelineSpec> pipelines = new ArrayList<>();
    private final Map<String, Located<String>> engine = new LinkedHashMap<>();
    private Path folder = Path.of("").toAbsolutePath();

    /** Begins a project that lies in the folder in which the test runs. */
    public ProjectBuilder(String name) {
        this.name = name;
    }

    /** Says in which folder the project lies. */
    public ProjectBuilder folder(Path place) {
        folder = place;
        return this;
    }

    /** Adds a connection. */
    public ProjectBuilder connection(String connection, String type, Mapping settings) {
        connections.put(connection, new ConnectionSpec(located(connection), located(type), settings, AT));
        return this;
    }

    /** Adds a setting of the engine ({@code spark:}). */
    public ProjectBuilder engine(String key, String value) {
        engine.put(key, located(value));
        return this;
    }

    /** Adds a pipeline. */
    public ProjectBuilder pipeline(String pipeline, NodeBuilder... nodes) {
        pipelines.add(new PipelineSpec(
                located(pipeline),
                Optional.empty(),
                Stream.of(nodes).map(NodeBuilder::build).toList(),
                AT));
        return this;
    }

    /** Returns the project. */
    public ProjectSpec build() {
        return new ProjectSpec(name, folder, connections, pipelines, engine, Optional.empty(), AT);
    }

    static Located<String> located(String text) {
        return new Located<>(text, AT);
    }
}
