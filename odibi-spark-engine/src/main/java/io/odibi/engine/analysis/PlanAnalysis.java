package io.odibi.engine.analysis;

import io.odibi.core.describe.DataLocation;
import io.odibi.core.describe.Scan.FormatScan;
import io.odibi.core.describe.Target.FormatTarget;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.model.Processing;
import io.odibi.core.plan.NodeId;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.ReadPlan;
import io.odibi.core.plan.StreamInsight;
import io.odibi.core.plan.StreamInsight.WatermarkPlace;
import io.odibi.core.plan.StreamingPlan;
import io.odibi.core.plan.WritePlan;
import io.odibi.core.port.CheckContext;
import io.odibi.core.port.StepException;
import io.odibi.core.port.Transform;
import io.odibi.engine.frames.FrameBuilder;
import io.odibi.engine.frames.FrameSource;
import io.odibi.engine.frames.WrittenRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Analyses the nodes of one plan over empty inputs, in a session of its own that shares nothing with a run but its settings. A node
 * that reads what another node of the plan writes is analysed after it, with its columns. Serves one check, in one thread.
 */
final class PlanAnalysis implements FrameSource {

    /** Says that the columns of an input are not known; unwinds the building of the node that needs them. */
    private static final class UnknownColumns extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Finding finding;

        private UnknownColumns(Finding finding) {
            super(finding.message());
            this.finding = finding;
        }
    }

    private final CheckContext context;
    private final SparkSession session;
    private final ScanColumns columns;
    private final NodeVerdict verdict;
    private final Map<NodeId, Optional<AnalyzedNode>> analyzed = new HashMap<>();
    private final Map<NodeId, Finding> unknown = new HashMap<>();
    private final Set<NodeId> inHand = new HashSet<>();

    PlanAnalysis(CheckContext context, SparkSession session) {
        this.context = context;
        this.session = session;
        this.columns = new ScanColumns(session);
        this.verdict = new NodeVerdict(id -> analyzed.getOrDefault(id, Optional.empty()));
    }

    /** Looks at every node of the plan. */
    void check() {
        for (NodePlan node : context.plan().nodes()) {
            analyzed(node);
        }
    }

    @Override
    public Dataset<Row> read(ReadPlan read) {
        StructType known =
                columns.of(read).or(() -> writtenHere(read)).orElseThrow(() -> new UnknownColumns(unknown(read)));
        return read.processing() == Processing.STREAMING
                ? EmptyFrames.stream(session, known)
                : EmptyFrames.batch(session, known);
    }

    @Override
    public Dataset<Row> upstream(NodeId id, Processing use) {
        Optional<AnalyzedNode> up = context.plan().find(id).flatMap(this::analyzed);
        if (up.isPresent()) {
            Dataset<Row> rows = up.get().rows();
            return use == Processing.BATCH
                            && rows.isStreaming()
                            && isReadAgain(up.get().node())
                    ? EmptyFrames.batch(session, rows.schema())
                    : rows;
        }
        Finding reason = unknown.get(id);
        throw new UnknownColumns(
                reason != null
                        ? reason
                        : Finding.of(
                                FindingCode.STREAM_UNKNOWN,
                                context.plan().find(id).orElseThrow().at(),
                                "the columns of node '" + id.node() + "' are not known, as it has faults"));
    }

    private static boolean isReadAgain(NodePlan stream) {
        return stream.write()
                .map(WritePlan::target)
                .filter(WrittenRows::areReadable)
                .isPresent();
    }

    /** Returns a node analysed, and reports what is wrong with it when it is first asked for; empty if it could not be analysed. */
    private Optional<AnalyzedNode> analyzed(NodePlan node) {
        Optional<AnalyzedNode> known = analyzed.get(node.id());
        if (known != null) {
            return known;
        }
        if (context.isBroken(node.id()) || !inHand.add(node.id())) {
            return Optional.empty();
        }
        Optional<AnalyzedNode> now = analyze(node);
        analyzed.put(node.id(), now);
        now.ifPresent(this::judge);
        inHand.remove(node.id());
        return now;
    }

    @SuppressWarnings(
            "unchecked") // this engine's datasets are Spark's; a transform for another engine does not fit and says so
    private Optional<AnalyzedNode> analyze(NodePlan node) {
        List<AnalyzedNode.Made> made = new ArrayList<>();
        FrameBuilder builder = new FrameBuilder(
                session,
                type -> new WatchedTransform((Transform<Dataset<Row>>) context.transform(type), made::add),
                this);
        try {
            return Optional.of(new AnalyzedNode(node, made, builder.build(node)));
        } catch (StepException told) {
            told.findings().forEach(finding -> context.report(node.id(), finding));
        } catch (UnknownColumns missing) {
            unknown.put(node.id(), missing.finding);
            if (node.streaming().isPresent()) {
                context.report(node.id(), missing.finding);
            }
        }
        return Optional.empty();
    }

    private void judge(AnalyzedNode node) {
        NodePlan plan = node.node();
        boolean isSeenFurtherDown =
                plan.write().isEmpty() && !context.plan().downstream(plan.id()).isEmpty();
        if (plan.streaming().isPresent()) {
            StreamingPlan streaming = plan.streaming().get();
            if (!isSeenFurtherDown) {
                verdict.check(node, streaming).forEach(finding -> context.report(plan.id(), finding));
            }
            if (!context.isBroken(plan.id())) {
                context.explain(plan.id(), insight(node, streaming));
            }
        } else if (node.rows().isStreaming()) {
            context.report(plan.id(), rowsOfAStream(plan));
        }
        plan.write()
                .map(write -> WrittenColumns.check(write, node.rows().schema()))
                .orElse(List.of())
                .forEach(finding -> context.report(plan.id(), finding));
    }

    private Finding rowsOfAStream(NodePlan batch) {
        NodePlan stream = batch.upstream().stream()
                .flatMap(id -> context.plan().find(id).stream())
                .filter(up -> up.streaming().isPresent() && !isReadAgain(up))
                .findFirst()
                .orElseThrow();
        String name = stream.id().node();
        String place = stream.write().orElseThrow().target().label();
        return Finding.of(
                        FindingCode.PLAN_STREAM_INTO_BATCH,
                        batch.at(),
                        "node '" + batch.id().node() + "' runs in batch, but takes the rows of the stream '" + name
                                + "'")
                .why("what '" + name + "' has written to " + place + " cannot be taken from there")
                .fix("give '" + batch.id().node()
                        + "' a 'read' of its own; 'depends_on' then says that it comes after");
    }

    private static StreamInsight insight(AnalyzedNode node, StreamingPlan streaming) {
        List<WatermarkPlace> watermarks = node.frame().watermarks().stream()
                .map(placed -> new WatermarkPlace(placed.spec().column(), placed.where()))
                .toList();
        StateInsights state = new StateInsights(
                streaming.outputMode().value(),
                origin -> node.node().steps().stream()
                        .flatMap(step -> StepTexts.locate(step, origin).stream())
                        .findFirst()
                        .orElse(node.node().at()));
        return new StreamInsight(
                watermarks,
                state.of(StreamRules.withoutCtes(node.rows().queryExecution().analyzed())));
    }

    /** The columns of what another node of this plan writes to the place of a read, if that is not there yet. */
    private Optional<StructType> writtenHere(ReadPlan read) {
        if (!(read.scan() instanceof FormatScan scan) || scan.location().isEmpty()) {
            return Optional.empty();
        }
        DataLocation place = scan.location().get();
        return context.plan().nodes().stream()
                .filter(node -> node.write()
                        .filter(write -> write.target() instanceof FormatTarget target
                                && target.format().equals(scan.format())
                                && target.location().equals(Optional.of(place)))
                        .isPresent())
                .findFirst()
                .flatMap(this::analyzed)
                .map(writer -> ScanColumns.asRead(scan, writer.rows().schema().asNullable()));
    }

    private static Finding unknown(ReadPlan read) {
        return Finding.of(
                        FindingCode.STREAM_UNKNOWN,
                        read.at(),
                        "the columns of " + read.scan().label() + " are not known before the start")
                .why("neither the format nor the project says them, and nothing on this machine does; the steps over"
                        + " them are checked when the run starts")
                .fix("declare them here: 'schema: \"id BIGINT, name STRING, at TIMESTAMP\"' with the real columns");
    }
}
