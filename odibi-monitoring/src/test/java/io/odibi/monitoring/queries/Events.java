package io.odibi.monitoring.queries;

import io.odibi.core.describe.Delivery;
import io.odibi.core.describe.Delivery.Guarantee;
import io.odibi.core.describe.Options;
import io.odibi.core.describe.Scan.FormatScan;
import io.odibi.core.describe.ScanSchema;
import io.odibi.core.describe.SinkTraits;
import io.odibi.core.describe.SourceTraits;
import io.odibi.core.describe.SourceTraits.Replay;
import io.odibi.core.describe.Target.FormatTarget;
import io.odibi.core.execution.Failure;
import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.NodeResult.Outcome;
import io.odibi.core.execution.QueryHandle;
import io.odibi.core.execution.QueryProgress;
import io.odibi.core.execution.QueryProgress.SourceRead;
import io.odibi.core.execution.RowCounts;
import io.odibi.core.execution.RunEvent;
import io.odibi.core.model.OutputMode;
import io.odibi.core.model.Processing;
import io.odibi.core.model.StreamingSpec.StateGrowth;
import io.odibi.core.model.Supervision;
import io.odibi.core.model.Trigger;
import io.odibi.core.model.WatermarkSpec;
import io.odibi.core.model.WriteMode;
import io.odibi.core.plan.InputPlan;
import io.odibi.core.plan.NodeId;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.Plan;
import io.odibi.core.plan.ReadPlan;
import io.odibi.core.plan.StreamingPlan;
import io.odibi.core.plan.WritePlan;
import io.odibi.core.text.Located;
import io.odibi.core.text.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** Events and plans in a few words, for every test of this module. */
public final class Events {

    /** When everything begins. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** A stream. */
    public static final NodeId ORDERS = new NodeId("shop", "orders");

    /** Another. */
    public static final NodeId CLICKS = new NodeId("shop", "clicks");

    private static final Position AT = new Position("project.yaml", 1, 1);

    private Events() {}

    /** Returns a plan of streams that take a micro-batch each 10 seconds. */
    public static Plan plan(NodeId... streams) {
        return new Plan("demo", Stream.of(streams).map(Events::stream).toList(), Map.of());
    }

    /** Returns a plan with a stream, a batch node, and a stream without a write that others may build on. */
    public static Plan mixed(NodeId stream, NodeId batch, NodeId view) {
        NodePlan node =
                new NodePlan(batch, Optional.empty(), Map.of(), List.of(), Optional.empty(), Optional.empty(), AT);
        NodePlan other = stream(view);
        NodePlan unwritten =
                new NodePlan(view, other.primary(), Map.of(), List.of(), Optional.empty(), other.streaming(), AT);
        return new Plan("demo", List.of(stream(stream), node, unwritten), Map.of());
    }

    private static NodePlan stream(NodeId id) {
        StreamingPlan streaming = new StreamingPlan(
                new Trigger.ProcessingTime(Duration.ofSeconds(10)),
                new Located<>(OutputMode.APPEND, AT),
                new Located<>("/checkpoint", AT),
                List.of(new WatermarkSpec(Optional.empty(), "at", Duration.ofMinutes(1), AT)),
                StateGrowth.BOUNDED,
                Supervision.byDefault(),
                AT);
        FormatScan scan = new FormatScan(
                "kafka",
                Optional.empty(),
                Options.none(),
                new ScanSchema.Fixed("value BINARY"),
                "kafka topic " + id.node());
        ReadPlan read = new ReadPlan(
                "kafka",
                scan,
                new SourceTraits(Set.of(Processing.STREAMING), Replay.BY_OFFSET),
                Processing.STREAMING,
                Optional.empty(),
                AT);
        WritePlan write = new WritePlan(
                "delta",
                new FormatTarget("delta", Optional.empty(), List.of(), Options.none(), "delta " + id.node()),
                new SinkTraits(
                        Set.of(OutputMode.APPEND),
                        Set.of(),
                        WriteMode.APPEND,
                        new Delivery(Guarantee.EXACTLY_ONCE, "a test says so")),
                List.of(),
                WriteMode.APPEND,
                Optional.empty(),
                AT);
        return new NodePlan(
                id,
                Optional.of(new InputPlan.FromRead(read)),
                Map.of(),
                List.of(),
                Optional.of(write),
                Optional.of(streaming),
                AT);
    }

    /** Returns that a query failed and will be started again. */
    public static RunEvent restartPlanned(NodeId node) {
        Failure failure = new Failure("the broker is gone", new IllegalStateException());
        return new RunEvent.RestartPlanned(START.plusSeconds(40), node, failure, 1, Duration.ofSeconds(5));
    }

    /** Returns that somebody asked for another start. */
    public static RunEvent restartAsked(NodeId node) {
        return new RunEvent.RestartAsked(START.plusSeconds(110), node);
    }

    /** Returns that a query runs, in another start. */
    public static RunEvent queryStarted(NodeId node, String runId) {
        QueryHandle handle = new QueryHandle(handle(node).id(), runId, node.toString());
        return new RunEvent.QueryStarted(START.plusSeconds(111), node, handle);
    }

    /** Returns that a query has nothing to do, some seconds after the start. */
    public static RunEvent idle(NodeId node, long seconds) {
        return new RunEvent.QueryIdle(START.plusSeconds(seconds), node);
    }

    /** Returns that a node began. */
    public static RunEvent nodeStarted(NodeId node) {
        return new RunEvent.NodeStarted(START, node);
    }

    /** Returns that a query runs. */
    public static RunEvent queryStarted(NodeId node) {
        return new RunEvent.QueryStarted(START.plusSeconds(1), node, handle(node));
    }

    /** Returns the ids of a node's query. */
    public static QueryHandle handle(NodeId node) {
        return new QueryHandle("id-of-" + node.node(), "run-of-" + node.node(), node.toString());
    }

    /** Returns a micro-batch each 10 seconds that took a second, with a lag and state that grow as told. */
    public static RunEvent committed(NodeId node, long batch, long rows, long lag, long state) {
        return committed(node, batch, rows, lag, state, START.plusSeconds(10 * batch - 60));
    }

    /** Returns the same with a watermark. */
    public static RunEvent committed(NodeId node, long batch, long rows, long lag, long state, Instant watermark) {
        Instant at = START.plusSeconds(10 * batch);
        return new RunEvent.BatchCommitted(
                at,
                new QueryProgress(
                        node,
                        handle(node),
                        batch,
                        at.minusSeconds(1),
                        new RowCounts(OptionalLong.of(rows), OptionalLong.of(rows)),
                        OptionalDouble.of((double) rows),
                        Duration.ofSeconds(1),
                        Map.of("addBatch", Duration.ofMillis(800), "walCommit", Duration.ofMillis(50)),
                        Optional.of(watermark),
                        OptionalLong.of(lag),
                        OptionalLong.of(state),
                        OptionalLong.of(100 * state),
                        List.of(new SourceRead("kafka topic " + node.node(), rows, OptionalLong.of(lag))),
                        1));
    }

    /** Returns that a node ended. */
    public static RunEvent ended(NodeId node, Outcome outcome) {
        Optional<Failure> failure = outcome == Outcome.FAILED
                ? Optional.of(new Failure("the table is gone", new IllegalStateException("secret")))
                : Optional.empty();
        return new RunEvent.NodeEnded(
                START.plusSeconds(100),
                new NodeResult(
                        node,
                        outcome,
                        failure,
                        Optional.of(handle(node)),
                        RowCounts.unknown(),
                        Optional.empty(),
                        Duration.ofSeconds(100)));
    }
}
