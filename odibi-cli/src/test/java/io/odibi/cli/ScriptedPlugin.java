package io.odibi.cli;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.ConnectionRequest;
import io.odibi.core.describe.Delivery;
import io.odibi.core.describe.Options;
import io.odibi.core.describe.ReadRequest;
import io.odibi.core.describe.Scan;
import io.odibi.core.describe.ScanSchema;
import io.odibi.core.describe.SinkTraits;
import io.odibi.core.describe.SourceTraits;
import io.odibi.core.describe.Step;
import io.odibi.core.describe.Storage;
import io.odibi.core.describe.StreamTrait;
import io.odibi.core.describe.Target;
import io.odibi.core.describe.WriteRequest;
import io.odibi.core.execution.Failure;
import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.NodeResult.Outcome;
import io.odibi.core.execution.QueryHandle;
import io.odibi.core.execution.QueryProgress;
import io.odibi.core.execution.RowCounts;
import io.odibi.core.execution.RunEvent;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.OutputMode;
import io.odibi.core.model.Processing;
import io.odibi.core.model.WriteMode;
import io.odibi.core.plan.NodeId;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.port.ConnectionType;
import io.odibi.core.port.Contributions;
import io.odibi.core.port.ExecutionMode;
import io.odibi.core.port.NodeExecution;
import io.odibi.core.port.Plugin;
import io.odibi.core.port.RunContext;
import io.odibi.core.port.Sink;
import io.odibi.core.port.Source;
import io.odibi.core.port.StepInput;
import io.odibi.core.port.Transform;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.ValueTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An engine without an engine. Nodes do what their names say: {@code fail...} fails, {@code dies...} fails after a micro-batch,
 * {@code stubborn...} is interrupted when it is drained, {@code deaf...} cannot be stopped; others are well. A stream commits one micro-batch and waits to be drained.
 */
final class ScriptedPlugin implements Plugin {

    static final Instant NOW = Instant.parse("2026-11-22T21:00:00Z");

    private static final Setting<String> BASE =
            Setting.required("base_path", ValueTypes.text("a folder"), "Where files are");

    private static final Setting<?> PASSWORD = Setting.optional("password", ValueTypes.secret(), "Opens the folder");

    /** What was started, in order. */
    final List<String> started = new CopyOnWriteArrayList<>();

    @Override
    public void contribute(Contributions to) {
        to.connection("local", new Local());
        to.source("stream", new Reads(Set.of(Processing.STREAMING, Processing.BATCH)));
        to.source("table", new Reads(Set.of(Processing.BATCH)));
        to.sink("table", new Writes());
        to.transform("keep", new Keep());
        to.executionMode("batch", new Mode(Processing.BATCH));
        to.executionMode("streaming", new Mode(Processing.STREAMING));
    }

    private static final class Local implements ConnectionType {
        @Override
        public SettingsDeclaration settings() {
            return SettingsDeclaration.of("A folder of files", BASE, PASSWORD).passing("x.", "whatever x takes");
        }

        @Override
        public Optional<Connection> describe(ConnectionRequest request, Findings findings) {
            return Optional.of(Connection.toStorage(
                    request.name(),
                    request.type(),
                    new Storage(request.settings().get(BASE)),
                    Options.none()));
        }
    }

    private record Reads(Set<Processing> processing) implements Source {
        private static final Setting<Duration> PATIENCE = Setting.withDefault(
                        "patience",
                        ValueTypes.duration(Duration.ZERO, Duration.ofHours(1)),
                        Duration.ofSeconds(90),
                        "How long to wait")
                .alias("wait");

        @Override
        public SettingsDeclaration settings() {
            return SettingsDeclaration.of("Rows that a test makes up", PATIENCE);
        }

        @Override
        public SourceTraits traits() {
            return new SourceTraits(processing, SourceTraits.Replay.BY_OFFSET);
        }

        @Override
        public Optional<Scan> describe(ReadRequest request, Findings findings) {
            String label = request.processing() == Processing.STREAMING ? "a stream" : "a table";
            return Optional.of(new Scan.FormatScan(
                    "scripted", Optional.empty(), Options.none(), new ScanSchema.Fixed("id BIGINT"), label));
        }
    }

    private static final class Writes implements Sink {
        @Override
        public SettingsDeclaration settings() {
            return SettingsDeclaration.of("A table that nobody writes");
        }

        @Override
        public SinkTraits traits(WriteRequest request) {
            return new SinkTraits(
                    Set.of(OutputMode.APPEND),
                    Set.of(WriteMode.OVERWRITE),
                    WriteMode.OVERWRITE,
                    new Delivery(Delivery.Guarantee.EXACTLY_ONCE, "nothing is written"));
        }

        @Override
        public Optional<Target> describe(WriteRequest request, Findings findings) {
            return request.address()
                    .locate("table", findings)
                    .map(location -> new Target.FormatTarget(
                            "scripted", Optional.of(location), List.of(), Options.none(), "table " + location));
        }
    }

    private static final class Keep implements Transform<String> {
        @Override
        public SettingsDeclaration settings() {
            return SettingsDeclaration.of("Changes nothing");
        }

        @Override
        public StreamTrait streamTrait(Step step) {
            return StreamTrait.STATELESS;
        }

        @Override
        public String apply(StepInput<String> input, Step step) {
            return input.current().orElse("");
        }
    }

    private final class Mode implements ExecutionMode {
        private final Processing processing;

        private Mode(Processing processing) {
            this.processing = processing;
        }

        @Override
        public boolean accepts(NodePlan node) {
            return node.processing() == processing;
        }

        @Override
        public NodeExecution start(NodePlan node, RunContext run) {
            started.add(node.id().node());
            return processing == Processing.BATCH ? new Batch(node.id()) : new Stream(node, run);
        }
    }

    private static NodeResult result(NodeId node, Outcome outcome, Optional<QueryHandle> query) {
        Optional<Failure> failure = outcome == Outcome.FAILED
                ? Optional.of(
                        new Failure("cannot write: the disk is full", new IllegalStateException("disk of " + node)))
                : Optional.empty();
        RowCounts rows =
                query.isPresent() ? RowCounts.unknown() : new RowCounts(OptionalLong.of(7), OptionalLong.of(5));
        return new NodeResult(node, outcome, failure, query, rows, Optional.of("id BIGINT"), Duration.ofMillis(1_500));
    }

    private record Batch(NodeId node) implements NodeExecution {
        @Override
        public Optional<QueryHandle> query() {
            return Optional.empty();
        }

        @Override
        public CompletionStage<NodeResult> completion() {
            Outcome outcome = node.node().startsWith("fail") ? Outcome.FAILED : Outcome.SUCCEEDED;
            return CompletableFuture.completedFuture(result(node, outcome, query()));
        }

        @Override
        public boolean drain(Duration grace) {
            return true;
        }
    }

    private static final class Stream implements NodeExecution {
        private final NodeId node;
        private final QueryHandle query;
        private final CompletableFuture<NodeResult> completion = new CompletableFuture<>();

        private Stream(NodePlan plan, RunContext run) {
            node = plan.id();
            query = new QueryHandle("query-1", "run-1", node.toString());
            run.tell(new RunEvent.QueryStarted(NOW, node, query));
            run.tell(new RunEvent.BatchCommitted(NOW, progress()));
            if (plan.streaming().orElseThrow().trigger().ends()) {
                completion.complete(result(node, Outcome.SUCCEEDED, query()));
            } else if (node.node().startsWith("dies")) {
                completion.complete(result(node, Outcome.FAILED, query()));
            }
        }

        private QueryProgress progress() {
            return new QueryProgress(
                    node,
                    query,
                    3,
                    NOW,
                    new RowCounts(OptionalLong.of(1_200), OptionalLong.of(1_200)),
                    OptionalDouble.of(1_000),
                    Duration.ofMillis(1_200),
                    Map.of(),
                    Optional.empty(),
                    OptionalLong.of(300),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    List.of(),
                    0);
        }

        @Override
        public Optional<QueryHandle> query() {
            return Optional.of(query);
        }

        @Override
        public CompletionStage<NodeResult> completion() {
            return completion;
        }

        @Override
        public boolean drain(Duration grace) {
            if (node.node().startsWith("deaf")) {
                return false;
            }
            boolean isStubborn = node.node().startsWith("stubborn");
            completion.complete(result(node, isStubborn ? Outcome.INTERRUPTED : Outcome.STOPPED, query()));
            return true;
        }
    }
}
