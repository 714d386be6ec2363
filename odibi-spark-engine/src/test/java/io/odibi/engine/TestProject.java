package io.odibi.engine;

import io.odibi.core.model.ConnectionSpec;
import io.odibi.core.model.InputSpec;
import io.odibi.core.model.NodeSpec;
import io.odibi.core.model.OutputMode;
import io.odibi.core.model.PipelineSpec;
import io.odibi.core.model.Processing;
import io.odibi.core.model.ProjectSpec;
import io.odibi.core.model.ReadSpec;
import io.odibi.core.model.RestartPolicy;
import io.odibi.core.model.StepSpec;
import io.odibi.core.model.StreamingSpec;
import io.odibi.core.model.StreamingSpec.StateGrowth;
import io.odibi.core.model.Supervision;
import io.odibi.core.model.Trigger;
import io.odibi.core.model.WatermarkSpec;
import io.odibi.core.model.WriteMode;
import io.odibi.core.model.WriteSpec;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.Located;
import io.odibi.core.text.Position;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes projects in Java: one pipeline {@code p}, one connection {@code lake} in a folder. */
public final class TestProject {

    /** As by default, but nobody waits for a test. */
    private static final Supervision QUICK = new Supervision(
            new RestartPolicy(10, Duration.ofHours(1), Duration.ofMillis(100), Duration.ofSeconds(1)), 3);

    private final Path folder;
    private final List<NodeSpec> nodes = new ArrayList<>();
    private final Map<String, Located<String>> engine = new LinkedHashMap<>();
    private final Map<String, ConnectionSpec> connections = new LinkedHashMap<>();
    private int line;

    public TestProject(Path folder) {
        this.folder = folder;
        connection("lake", "local", Map.of("base_path", "."));
    }

    public TestProject connection(String name, String type, Map<String, String> settings) {
        connections.put(name, new ConnectionSpec(at(name), at(type), settings(settings), position()));
        return this;
    }

    public TestProject engine(String name, String value) {
        engine.put(name, at(value));
        return this;
    }

    public Node node(String name) {
        return new Node(name);
    }

    /** Takes all nodes out again. */
    public void clear() {
        nodes.clear();
    }

    public ProjectSpec spec() {
        return new ProjectSpec(
                "test",
                folder,
                connections,
                List.of(new PipelineSpec(at("p"), Optional.empty(), nodes, position())),
                engine,
                Optional.empty(),
                position());
    }

    /** Returns settings, each value as it would be written in quotes. */
    public Mapping settings(Map<String, String> values) {
        Position at = position();
        return new Mapping(
                values.entrySet().stream()
                        .map(entry -> new Mapping.Entry(entry.getKey(), at, Scalar.of(entry.getValue())))
                        .toList(),
                at);
    }

    private Position position() {
        return new Position("project.yaml", ++line, 1);
    }

    private <T> Located<T> at(T value) {
        return new Located<>(value, position());
    }

    /** One node. */
    public final class Node {
        private final Located<String> name;
        private final List<Located<String>> dependsOn = new ArrayList<>();
        private final Map<String, InputSpec> inputs = new LinkedHashMap<>();
        private final List<StepSpec> steps = new ArrayList<>();
        private final List<WatermarkSpec> watermarks = new ArrayList<>();
        private Optional<Trigger> trigger = Optional.empty();
        private OutputMode outputMode = OutputMode.APPEND;
        private StateGrowth growth = StateGrowth.BOUNDED;
        private Optional<ReadSpec> read = Optional.empty();
        private Optional<WriteSpec> write = Optional.empty();
        private Optional<Located<String>> checkpoint = Optional.empty();

        private Node(String name) {
            this.name = at(name);
        }

        public Node streaming(Trigger when) {
            trigger = Optional.of(when);
            return this;
        }

        public Node availableNow() {
            return streaming(new Trigger.AvailableNow());
        }

        public Node every(Duration interval) {
            return streaming(new Trigger.ProcessingTime(interval));
        }

        public Node checkpoint(Path folder) {
            checkpoint = Optional.of(at(folder.toString()));
            return this;
        }

        public Node outputMode(OutputMode mode) {
            outputMode = mode;
            return this;
        }

        public Node unboundedState() {
            growth = StateGrowth.ACCEPTED;
            return this;
        }

        public Node watermark(String column, Duration delay) {
            watermarks.add(new WatermarkSpec(Optional.empty(), column, delay, position()));
            return this;
        }

        public Node watermark(String input, String column, Duration delay) {
            watermarks.add(new WatermarkSpec(Optional.of(input), column, delay, position()));
            return this;
        }

        public Node dependsOn(String... names) {
            for (String one : names) {
                dependsOn.add(at(one));
            }
            return this;
        }

        public Node read(String format, String path, Map<String, String> options) {
            read = Optional.of(reading(format, path, options, Optional.empty()));
            return this;
        }

        public Node input(String as, String format, String path, Processing how, Map<String, String> options) {
            inputs.put(as, new InputSpec.OfRead(reading(format, path, options, Optional.of(at(how)))));
            return this;
        }

        private ReadSpec reading(
                String format, String path, Map<String, String> options, Optional<Located<Processing>> how) {
            return new ReadSpec(
                    Optional.of(at("lake")), at(format), table(path), path(path), how, settings(options), position());
        }

        /** What begins with {@code table:} names a table; nothing names nothing. */
        private Optional<Located<String>> table(String place) {
            return place.startsWith("table:") ? Optional.of(at(place.substring("table:".length()))) : Optional.empty();
        }

        private Optional<Located<String>> path(String place) {
            return place.isEmpty() || place.startsWith("table:") ? Optional.empty() : Optional.of(at(place));
        }

        public Node step(String type, Map<String, String> settings) {
            steps.add(new StepSpec(at(type), settings(settings), position()));
            return this;
        }

        public Node step(String type, Mapping settings) {
            steps.add(new StepSpec(at(type), settings, position()));
            return this;
        }

        public Node sql(String query) {
            return step("sql", Map.of("query", query));
        }

        public Node write(String format, String path, Map<String, String> options) {
            return write(format, path, settings(options));
        }

        public Node write(String format, String path, Mapping options) {
            write = Optional.of(new WriteSpec(
                    Optional.of(at("lake")),
                    at(format),
                    table(path),
                    path(path),
                    Optional.empty(),
                    List.of(),
                    options,
                    position()));
            return this;
        }

        public Node mode(WriteMode mode) {
            write = write.map(w -> new WriteSpec(
                    w.connection(),
                    w.format(),
                    w.table(),
                    w.path(),
                    Optional.of(at(mode)),
                    w.partitionBy(),
                    w.settings(),
                    w.at()));
            return this;
        }

        public Node partitionBy(String... columns) {
            List<Located<String>> by = new ArrayList<>();
            for (String column : columns) {
                by.add(at(column));
            }
            write = write.map(w ->
                    new WriteSpec(w.connection(), w.format(), w.table(), w.path(), w.mode(), by, w.settings(), w.at()));
            return this;
        }

        public TestProject done() {
            nodes.add(new NodeSpec(
                    name,
                    Optional.empty(),
                    dependsOn,
                    trigger.map(when -> new StreamingSpec(
                            Optional.of(at(when)), at(outputMode), checkpoint, watermarks, growth, QUICK, position())),
                    read,
                    inputs,
                    steps,
                    write,
                    name.at()));
            return TestProject.this;
        }
    }
}
