package io.odibi.testkit;

import static io.odibi.testkit.ProjectBuilder.AT;
import static io.odibi.testkit.ProjectBuilder.located;

import io.odibi.core.model.InputSpec;
import io.odibi.core.model.NodeSpec;
import io.odibi.core.model.OutputMode;
import io.odibi.core.model.ReadSpec;
import io.odibi.core.model.StepSpec;
import io.odibi.core.model.StreamingSpec;
import io.odibi.core.model.Supervision;
import io.odibi.core.model.Trigger;
import io.odibi.core.model.WatermarkSpec;
import io.odibi.core.model.WriteMode;
import io.odibi.core.model.WriteSpec;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.Located;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a node in code; see {@link ProjectBuilder}. A node runs in batch unless {@link #streaming} says otherwise. */
public final class NodeBuilder {

    private final String name;
    private final List<Located<String>> dependsOn = new ArrayList<>();
    private final Map<String, InputSpec> inputs = new LinkedHashMap<>();
    private final List<StepSpec> steps = new ArrayList<>();
    private final List<WatermarkSpec> watermarks = new ArrayList<>();
    private @Nullable OutputMode outputMode;
    private Trigger trigger = new Trigger.AvailableNow();
    private Supervision supervision = Supervision.byDefault();
    private StreamingSpec.StateGrowth stateGrowth = StreamingSpec.StateGrowth.BOUNDED;
    private @Nullable ReadSpec read;
    private @Nullable WriteSpec write;

    /** Begins a node. */
    public NodeBuilder(String name) {
        this.name = name;
    }

    /** Makes the node a stream, which ends when it has caught up unless {@link #trigger} says otherwise. */
    public NodeBuilder streaming(OutputMode mode) {
        outputMode = mode;
        return this;
    }

    /** Says when the stream takes its next micro-batch. */
    public NodeBuilder trigger(Trigger when) {
        trigger = when;
        return this;
    }

    /** Adds a watermark of the node's own read. */
    public NodeBuilder watermark(String column, Duration delay) {
        watermarks.add(new WatermarkSpec(Optional.empty(), column, delay, AT));
        return this;
    }

    /** Lets state grow without bound. */
    public NodeBuilder acceptUnboundedState() {
        stateGrowth = StreamingSpec.StateGrowth.ACCEPTED;
        return this;
    }

    /** Says how the stream is looked after. */
    public NodeBuilder supervised(Supervision how) {
        supervision = how;
        return this;
    }

    /** Reads without a connection. */
    public NodeBuilder read(String format, Mapping settings) {
        read = readSpec(Optional.empty(), format, settings);
        return this;
    }

    /** Reads through a connection. */
    public NodeBuilder read(String connection, String format, Mapping settings) {
        read = readSpec(Optional.of(located(connection)), format, settings);
        return this;
    }

    /** Waits for nodes of the same pipeline and takes the first as input. */
    public NodeBuilder dependsOn(String... nodes) {
        Stream.of(nodes).forEach(node -> dependsOn.add(located(node)));
        return this;
    }

    /** Adds another node of the same pipeline as a named input. */
    public NodeBuilder input(String input, String node) {
        inputs.put(input, new InputSpec.OfNode(Optional.empty(), located(node)));
        return this;
    }

    /** Adds a step. */
    public NodeBuilder step(String type, Mapping settings) {
        steps.add(new StepSpec(located(type), settings, AT));
        return this;
    }

    /** Writes without a connection. */
    public NodeBuilder write(String format, Mapping settings) {
        write = writeSpec(Optional.empty(), format, Optional.empty(), settings);
        return this;
    }

    /** Writes through a connection. */
    public NodeBuilder write(String connection, String format, Mapping settings) {
        write = writeSpec(Optional.of(located(connection)), format, Optional.empty(), settings);
        return this;
    }

    /** Writes through a connection in a mode. */
    public NodeBuilder write(String connection, String format, WriteMode mode, Mapping settings) {
        write = writeSpec(Optional.of(located(connection)), format, Optional.of(new Located<>(mode, AT)), settings);
        return this;
    }

    /** Returns the node. */
    public NodeSpec build() {
        return new NodeSpec(
                located(name),
                Optional.empty(),
                dependsOn,
                Optional.ofNullable(outputMode).map(this::streamingSpec),
                Optional.ofNullable(read),
                inputs,
                steps,
                Optional.ofNullable(write),
                AT);
    }

    private StreamingSpec streamingSpec(OutputMode mode) {
        return new StreamingSpec(
                Optional.of(new Located<>(trigger, AT)),
                new Located<>(mode, AT),
                Optional.empty(),
                watermarks,
                stateGrowth,
                supervision,
                AT);
    }

    private static ReadSpec readSpec(Optional<Located<String>> connection, String format, Mapping settings) {
        return new ReadSpec(
                connection, located(format), Optional.empty(), Optional.empty(), Optional.empty(), settings, AT);
    }

    private static WriteSpec writeSpec(
            Optional<Located<String>> connection, String format, Optional<Located<WriteMode>> mode, Mapping settings) {
        return new WriteSpec(
                connection, located(format), Optional.empty(), Optional.empty(), mode, List.of(), settings, AT);
    }
}
