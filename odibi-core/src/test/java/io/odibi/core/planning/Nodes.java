package io.odibi.core.planning;

import io.odibi.core.model.ConnectionSpec;
import io.odibi.core.model.InputSpec;
import io.odibi.core.model.NodeSpec;
import io.odibi.core.model.OutputMode;
import io.odibi.core.model.PipelineSpec;
import io.odibi.core.model.ProjectSpec;
import io.odibi.core.model.ReadSpec;
import io.odibi.core.model.StepSpec;
import io.odibi.core.model.StreamingSpec;
import io.odibi.core.model.StreamingSpec.StateGrowth;
import io.odibi.core.model.Supervision;
import io.odibi.core.model.Trigger;
import io.odibi.core.model.WatermarkSpec;
import io.odibi.core.model.WriteSpec;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.Located;
import io.odibi.core.text.Position;
import io.odibi.core.text.TextOrigin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes nodes in code; each call of {@link #node} takes the next line of a file that does not exist. */
public final class Nodes {

    private final List<NodeSpec> nodes = new ArrayList<>();
    private final Map<String, ConnectionSpec> connections = new LinkedHashMap<>();
    private int line;

    /** One node, made bit by bit. */
    public final class Node {
        private final Located<String> name;
        private final List<Located<String>> dependsOn = new ArrayList<>();
        private final List<StepSpec> steps = new ArrayList<>();
        private Optional<StreamingSpec> streaming = Optional.empty();
        private Supervision supervision = Supervision.byDefault();
        private Optional<ReadSpec> read = Optional.empty();
        private Optional<Located<String>> readFrom = Optional.empty();
        private Optional<WriteSpec> write = Optional.empty();

        private Node(String name) {
            this.name = at(name);
        }

        /** Names the connection that {@link #read} reads over. */
        public Node over(String connection) {
            readFrom = Optional.of(at(connection));
            return this;
        }

        /** Reads a format of the fake plugin. */
        public Node read(String format) {
            read = Optional.of(new ReadSpec(
                    readFrom,
                    at(format),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Mapping.empty(here()),
                    here()));
            return this;
        }

        /** Depends on other nodes. */
        public Node after(String... names) {
            for (String other : names) {
                dependsOn.add(at(other));
            }
            return this;
        }

        /** Has a step. */
        public Node step(String type) {
            steps.add(new StepSpec(at(type), Mapping.empty(here()), here()));
            return this;
        }

        /** Runs as a stream without a watermark. */
        public Node stream(OutputMode mode) {
            return stream(mode, new Trigger.ProcessingTime(Duration.ofSeconds(1)), List.of());
        }

        /** Runs as a stream that ends when it has caught up. */
        public Node caughtUp() {
            return stream(OutputMode.APPEND, new Trigger.AvailableNow(), List.of());
        }

        /** Says how its stream is looked after; to be called before the stream is described. */
        public Node supervised(Supervision how) {
            supervision = how;
            return this;
        }

        /** Runs as a stream with a watermark. */
        public Node watermarked(OutputMode mode) {
            WatermarkSpec watermark = new WatermarkSpec(Optional.empty(), "ts", Duration.ofMinutes(5), here());
            return stream(mode, new Trigger.ProcessingTime(Duration.ofSeconds(1)), List.of(watermark));
        }

        private Node stream(OutputMode mode, Trigger trigger, List<WatermarkSpec> watermarks) {
            streaming = Optional.of(new StreamingSpec(
                    Optional.of(at(trigger)),
                    at(mode),
                    Optional.empty(),
                    watermarks,
                    StateGrowth.BOUNDED,
                    supervision,
                    here()));
            return this;
        }

        /** Writes a table of the fake plugin. */
        public Node write(String table) {
            write = Optional.of(new WriteSpec(
                    Optional.of(at("lake")),
                    at("table"),
                    Optional.of(at(table)),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Mapping.empty(here()),
                    here()));
            return this;
        }

        /** Ends the node, and gives the collection back. */
        public Nodes end() {
            Map<String, InputSpec> inputs = Map.of();
            nodes.add(
                    new NodeSpec(name, Optional.empty(), dependsOn, streaming, read, inputs, steps, write, name.at()));
            return Nodes.this;
        }
    }

    /** Begins a node on the next line. */
    public Node node(String name) {
        line++;
        return new Node(name);
    }

    /** Adds a connection that lacks its setting. */
    public Nodes faultyConnection(String name) {
        connections.put(name, new ConnectionSpec(at(name), at("local"), Mapping.empty(here()), here()));
        return this;
    }

    /** Returns the project {@code test} with these nodes in the pipeline {@code p} and the connection {@code lake}. */
    public ProjectSpec project() {
        return project("test");
    }

    /** Returns a project of another name. */
    public ProjectSpec project(String name) {
        Mapping settings = new Mapping(
                List.of(new Mapping.Entry(
                        "base_path", here(), new Scalar("/lake", here(), Scalar.Style.PLAIN, TextOrigin.at(here())))),
                here());
        ConnectionSpec lake = new ConnectionSpec(at("lake"), at("local"), settings, here());
        connections.put("lake", lake);
        PipelineSpec pipeline = new PipelineSpec(at("p"), Optional.empty(), nodes, here());
        return new ProjectSpec(
                name, Path.of("/project"), connections, List.of(pipeline), Map.of(), Optional.empty(), here());
    }

    private <T> Located<T> at(T value) {
        return new Located<>(value, here());
    }

    private Position here() {
        return new Position("p.yaml", line, 1);
    }
}
