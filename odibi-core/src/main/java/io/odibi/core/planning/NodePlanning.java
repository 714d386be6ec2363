package io.odibi.core.planning;

import io.odibi.core.catalog.PluginCatalog;
import io.odibi.core.describe.Connection;
import io.odibi.core.describe.DataAddress;
import io.odibi.core.describe.ReadRequest;
import io.odibi.core.describe.Step;
import io.odibi.core.describe.Storage;
import io.odibi.core.describe.WriteRequest;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.InputSpec;
import io.odibi.core.model.NodeSpec;
import io.odibi.core.model.NodeSpec.Completeness;
import io.odibi.core.model.Processing;
import io.odibi.core.model.ProjectSpec;
import io.odibi.core.model.ReadSpec;
import io.odibi.core.model.StepSpec;
import io.odibi.core.model.StreamingSpec;
import io.odibi.core.model.Trigger;
import io.odibi.core.model.WriteSpec;
import io.odibi.core.plan.InputPlan;
import io.odibi.core.plan.NodeId;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.ReadPlan;
import io.odibi.core.plan.StreamingPlan;
import io.odibi.core.plan.WritePlan;
import io.odibi.core.port.Sink;
import io.odibi.core.port.Source;
import io.odibi.core.port.Transform;
import io.odibi.core.text.Located;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans one node: resolves each name and reads each part's settings. What cannot be resolved is told and left out. */
final class NodePlanning {

    /** Between micro-batches of a stream that does not say: often enough to look live, seldom enough not to poll for nothing. */
    private static final Trigger DEFAULT_TRIGGER = new Trigger.ProcessingTime(Duration.ofSeconds(10));

    private static final String DEFAULT_STATE = "_odibi";

    private final ProjectSpec project;
    private final PluginCatalog catalog;
    private final Map<String, Optional<Connection>> connections;
    private final Map<NodeId, NodeSpec> nodes;
    private final NodeId id;
    private final NodeSpec spec;
    private final Findings findings;
    private boolean lostConnection;

    NodePlanning(
            ProjectSpec project,
            PluginCatalog catalog,
            Map<String, Optional<Connection>> connections,
            Map<NodeId, NodeSpec> nodes,
            NodeId id,
            NodeSpec spec,
            Findings findings) {
        this.project = project;
        this.catalog = catalog;
        this.connections = connections;
        this.nodes = nodes;
        this.id = id;
        this.spec = spec;
        this.findings = findings;
    }

    NodePlan plan() {
        Processing own = spec.streaming().isPresent() ? Processing.STREAMING : Processing.BATCH;
        Map<String, InputPlan> inputs = new LinkedHashMap<>();
        for (Located<String> name : spec.dependsOn()) {
            node(Optional.empty(), name).ifPresent(up -> inputs.put(name.value(), up));
        }
        spec.inputs().forEach((name, input) -> input(input).ifPresent(planned -> inputs.put(name, planned)));
        Optional<InputPlan> primary = primary(own, inputs);
        List<Step> steps = steps();
        Optional<WritePlan> write = spec.write().flatMap(found -> write(found, own));
        Optional<StreamingPlan> streaming = spec.streaming().map(this::streaming);
        return new NodePlan(
                id, primary, inputs, steps, write, streaming, spec.name().at());
    }

    private Optional<InputPlan> primary(Processing own, Map<String, InputPlan> inputs) {
        if (spec.read().isPresent()) {
            ReadSpec read = spec.read().get();
            Processing processing = read.processing().map(Located::value).orElse(own);
            return read(read, processing).map(InputPlan.FromRead::new);
        }
        if (spec.dependsOn().isEmpty() && spec.inputs().isEmpty() && spec.completeness() == Completeness.WHOLE) {
            findings.add(
                    Finding.of(FindingCode.PLAN_NO_INPUT, spec.name().at(), "node '" + id.node() + "' has no input")
                            .fix("add 'read', 'inputs' or 'depends_on'"));
        }
        return Optional.ofNullable(inputs.get("df"))
                .or(() -> inputs.values().stream().findFirst());
    }

    private Optional<InputPlan> input(InputSpec input) {
        if (input instanceof InputSpec.OfNode of) {
            return node(of.pipeline(), of.node());
        }
        ReadSpec read = ((InputSpec.OfRead) input).read();
        return read(read, read.processing().map(Located::value).orElse(Processing.BATCH))
                .map(InputPlan.FromRead::new);
    }

    private Optional<InputPlan> node(Optional<String> pipeline, Located<String> name) {
        NodeId up = new NodeId(pipeline.orElse(id.pipeline()), name.value());
        if (nodes.containsKey(up)) {
            return Optional.of(new InputPlan.FromNode(up));
        }
        List<String> known = nodes.keySet().stream()
                .filter(node -> node.pipeline().equals(up.pipeline()))
                .map(NodeId::node)
                .toList();
        findings.add(Finding.of(
                        FindingCode.PLAN_UNKNOWN_NODE,
                        name.at(),
                        "pipeline '" + up.pipeline() + "' has no node '" + name.value() + "'")
                .allow(String.join(", ", known))
                .suggest(name.value(), known));
        return Optional.empty();
    }

    private Optional<ReadPlan> read(ReadSpec read, Processing processing) {
        Optional<Source> source = catalog.sources().find(read.format().value());
        if (source.isEmpty()) {
            findings.add(Planner.notInstalled(catalog.sources(), read.format()));
            return Optional.empty();
        }
        if (!source.get().traits().processing().contains(processing)) {
            findings.add(Finding.of(
                            FindingCode.PLAN_SOURCE_MODE,
                            read.format().at(),
                            "format '" + read.format().value() + "' cannot be read " + processing.adverb())
                    .fix(
                            processing == Processing.STREAMING
                                    ? "run the node in batch, or read from a source that is a stream"
                                    : "make the node a stream: 'streaming: {enabled: true}'"));
        }
        Resolved resolved = resolve(read.connection());
        return source.get()
                .settings()
                .readBeside(ReadSpec.KEYS, read.settings(), findings)
                .flatMap(settings -> {
                    if (resolved.unknown()) {
                        return Optional.empty();
                    }
                    DataAddress address = new DataAddress(resolved.connection(), read.table(), read.path(), read.at());
                    return source.get()
                            .describe(new ReadRequest(address, processing, settings), findings)
                            .map(scan -> new ReadPlan(
                                    read.format().value(),
                                    scan,
                                    source.get().traits(),
                                    processing,
                                    resolved.connection(),
                                    read.at()));
                });
    }

    private Optional<WritePlan> write(WriteSpec write, Processing own) {
        Optional<Sink> sink = catalog.sinks().find(write.format().value());
        if (sink.isEmpty()) {
            findings.add(
                    catalog.sources().find(write.format().value()).isPresent()
                            ? readOnly(write.format(), own)
                            : Planner.notInstalled(catalog.sinks(), write.format()));
            return Optional.empty();
        }
        Resolved resolved = resolve(write.connection());
        return sink.get()
                .settings()
                .readBeside(WriteSpec.KEYS, write.settings(), findings)
                .flatMap(settings -> {
                    if (resolved.unknown()) {
                        return Optional.empty();
                    }
                    DataAddress address =
                            new DataAddress(resolved.connection(), write.table(), write.path(), write.at());
                    WriteRequest request = new WriteRequest(address, own, write.mode(), write.partitionBy(), settings);
                    var traits = sink.get().traits(request);
                    return sink.get()
                            .describe(request, findings)
                            .map(target -> new WritePlan(
                                    write.format().value(),
                                    target,
                                    traits,
                                    sink.get().columns(request),
                                    write.mode().map(Located::value).orElse(traits.defaultWriteMode()),
                                    resolved.connection(),
                                    write.at()));
                });
    }

    private Finding readOnly(Located<String> format, Processing own) {
        return Finding.of(
                        own == Processing.STREAMING ? FindingCode.PLAN_OUTPUT_MODE : FindingCode.PLAN_WRITE_MODE,
                        format.at(),
                        "format '" + format.value() + "' can be read, but not written")
                .allow(String.join(", ", catalog.sinks().byName().keySet()));
    }

    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        int number = 0;
        for (StepSpec step : spec.steps()) {
            int place = ++number;
            Optional<Transform<?>> transform =
                    catalog.transforms().find(step.type().value());
            if (transform.isEmpty()) {
                findings.add(Planner.notInstalled(catalog.transforms(), step.type()));
                continue;
            }
            transform
                    .get()
                    .settings()
                    .read(step.settings(), findings)
                    .ifPresent(settings -> steps.add(new Step(step.type().value(), settings, place, step.at())));
        }
        return steps;
    }

    private StreamingPlan streaming(StreamingSpec streaming) {
        return new StreamingPlan(
                streaming.trigger().map(Located::value).orElse(DEFAULT_TRIGGER),
                streaming.outputMode(),
                streaming
                        .checkpointLocation()
                        .map(written -> written.map(this::inWriteConnection))
                        .orElseGet(() -> new Located<>(defaultCheckpoint(), streaming.at())),
                streaming.watermarks(),
                streaming.stateGrowth(),
                streaming.supervision(),
                streaming.at());
    }

    private String defaultCheckpoint() {
        String state = project.stateLocation().map(Located::value).orElse(DEFAULT_STATE);
        return new Storage(inWriteConnection(state))
                .resolve(folderName(project.name()) + "/checkpoints/" + id.pipeline() + "/" + id.node());
    }

    /** The project's name as the name of a folder: what a path cannot hold is replaced, and a mark keeps such names apart. */
    private static String folderName(String project) {
        String safe = project.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^\\.+", "_");
        return safe.equals(project) ? safe : safe + "-" + Integer.toHexString(project.hashCode());
    }

    private String inWriteConnection(String path) {
        return spec.write()
                .flatMap(WriteSpec::connection)
                .flatMap(name -> connections.getOrDefault(name.value(), Optional.empty()))
                .flatMap(Connection::storage)
                .orElseGet(() -> new Storage(
                        project.folder().toAbsolutePath().normalize().toString()))
                .resolve(path);
    }

    /** Whether the node names a connection that cannot be used, so that the plan lacks what goes over it. */
    boolean hasLostConnection() {
        return lostConnection;
    }

    /** A connection that was named and found, was not named, or was named and cannot be used. */
    private record Resolved(Optional<Connection> connection, boolean unknown) {}

    private Resolved resolve(Optional<Located<String>> name) {
        if (name.isEmpty()) {
            return new Resolved(Optional.empty(), false);
        }
        Optional<Connection> described = connections.get(name.get().value());
        if (described == null) {
            findings.add(Finding.of(
                            FindingCode.PLAN_UNKNOWN_CONNECTION,
                            name.get().at(),
                            "no connection '" + name.get().value() + "'")
                    .allow(String.join(", ", connections.keySet()))
                    .suggest(name.get().value(), connections.keySet()));
        }
        if (described == null || described.isEmpty()) {
            lostConnection = true;
            return new Resolved(Optional.empty(), true);
        }
        return new Resolved(described, false);
    }
}
