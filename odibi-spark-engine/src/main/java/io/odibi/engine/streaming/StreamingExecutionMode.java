package io.odibi.engine.streaming;

import io.odibi.core.error.ExternalException;
import io.odibi.core.execution.Failure;
import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.NodeResult.Outcome;
import io.odibi.core.execution.RowCounts;
import io.odibi.core.finding.Finding;
import io.odibi.core.model.Processing;
import io.odibi.core.plan.NodeId;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.Plan;
import io.odibi.core.plan.StreamingPlan;
import io.odibi.core.plan.WritePlan;
import io.odibi.core.port.ExecutionMode;
import io.odibi.core.port.NodeExecution;
import io.odibi.core.port.RunContext;
import io.odibi.core.port.StepException;
import io.odibi.engine.analysis.StreamRules;
import io.odibi.engine.checkpoint.CheckpointInUseException;
import io.odibi.engine.checkpoint.CheckpointLock;
import io.odibi.engine.failure.NodeFailures;
import io.odibi.engine.failure.SparkMessage;
import io.odibi.engine.frames.Columns;
import io.odibi.engine.frames.FrameBuilder;
import io.odibi.engine.frames.FramesOfRuns;
import io.odibi.engine.frames.RunFrames;
import io.odibi.engine.frames.SinkColumns;
import io.odibi.engine.session.EngineSession;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;

/**
 * Runs a node as a Spark query. A streaming node without a write is a part of the queries that build on it: it has ended, well, as soon
 * as it has been built.
 */
public final class StreamingExecutionMode implements ExecutionMode {

    private final EngineSession session;
    private final FramesOfRuns frames;
    private final QueryEvents events;

    /**
     * Makes the mode.
     *
     * @param session where it runs
     * @param frames what the nodes of a run have made
     * @param events tells what queries do
     */
    public StreamingExecutionMode(EngineSession session, FramesOfRuns frames, QueryEvents events) {
        this.session = session;
        this.frames = frames;
        this.events = events;
    }

    @Override
    public boolean accepts(NodePlan node) {
        return node.processing() == Processing.STREAMING;
    }

    @Override
    public NodeExecution start(NodePlan node, RunContext run) {
        Instant began = run.clock().instant();
        SparkSession spark = session.spark();
        Optional<SparkSession> before =
                Optional.ofNullable(SparkSession.getActiveSession().getOrElse(() -> null));
        SparkSession.setActiveSession(spark);
        try {
            RunFrames made = frames.of(run);
            FrameBuilder builder = new FrameBuilder(spark, run::transform, made);
            if (made.isMade(node.id())) {
                rebuildInputs(node, run.plan(), builder, made);
            }
            Dataset<Row> rows = rows(node, builder);
            made.put(node.id(), rows);
            if (node.write().isPresent()) {
                refuseFaults(rows, node);
            }
            return node.write().isPresent()
                    ? query(node, node.write().get(), rows, made.streamsOf(rows), run, began)
                    : EndedExecution.of(view(node, rows, run, began));
        } catch (StepException told) {
            throw told;
        } catch (Exception fault) {
            // Not RuntimeException: Scala throws AnalysisException and others past signatures that do not name them.
            return EndedExecution.of(failed(node, run, fault, began));
        } finally {
            before.ifPresentOrElse(SparkSession::setActiveSession, SparkSession::clearActiveSession);
        }
    }

    /** At another start: what the node builds on may have gone with the fault, such as the files of a static side, or have changed. */
    private static void rebuildInputs(NodePlan node, Plan plan, FrameBuilder builder, RunFrames made) {
        for (NodeId id : node.upstream()) {
            NodePlan up = plan.find(id).orElseThrow();
            rebuildInputs(up, plan, builder, made);
            made.put(id, rows(up, builder));
        }
    }

    private static Dataset<Row> rows(NodePlan node, FrameBuilder builder) {
        Dataset<Row> rows = builder.build(node).rows();
        return node.processing() == Processing.STREAMING ? StreamRules.withoutCtes(rows) : rows;
    }

    /** What could not be known when the project was checked, such as the columns of a table, is known now. */
    private static void refuseFaults(Dataset<Row> rows, NodePlan node) {
        List<Finding> faults =
                StreamRules.check(rows, node).stream().filter(Finding::isError).toList();
        if (!faults.isEmpty()) {
            throw new StepException(faults);
        }
    }

    private NodeExecution query(
            NodePlan node, WritePlan write, Dataset<Row> rows, List<String> streams, RunContext run, Instant began)
            throws Exception {
        write.connection().ifPresent(session::prepare);
        StreamingPlan streaming = node.streaming().orElseThrow();
        StreamExecution execution = new StreamExecution(node, run, Columns.ddl(rows.schema()), streams, began);
        CheckpointLock lock = lock(node, streaming, execution, run);
        events.expect(node.id().toString(), execution);
        try {
            StreamingQuery query =
                    new QueryStart(session.spark(), node, streaming, write).start(SinkColumns.named(rows, write));
            execution.watch(query, lock);
            return execution;
        } catch (Exception fault) {
            events.forget(node.id().toString(), execution);
            lock.close();
            throw fault;
        }
    }

    private CheckpointLock lock(NodePlan node, StreamingPlan streaming, StreamExecution execution, RunContext run) {
        try {
            return CheckpointLock.take(
                    streaming.checkpoint().value(),
                    session.spark().sessionState().newHadoopConf(),
                    run.clock(),
                    execution::checkpointLost);
        } catch (CheckpointInUseException taken) {
            throw new ExternalException(
                    "cannot start node '" + node.id().node() + "': " + taken.getMessage() + "; stop that first", taken);
        } catch (IOException fault) {
            throw new ExternalException(
                    "cannot start node '" + node.id().node() + "': its checkpoint "
                            + streaming.checkpoint().value() + " cannot be used: " + SparkMessage.firstLine(fault),
                    fault);
        }
    }

    private static NodeResult view(NodePlan node, Dataset<Row> rows, RunContext run, Instant began) {
        return new NodeResult(
                node.id(),
                Outcome.SUCCEEDED,
                Optional.empty(),
                Optional.empty(),
                RowCounts.unknown(),
                Optional.of(Columns.ddl(rows.schema())),
                Duration.between(began, run.clock().instant()));
    }

    private static NodeResult failed(NodePlan node, RunContext run, Exception fault, Instant began) {
        Failure failure = NodeFailures.of(run.plan(), run.failures(), node, fault);
        return NodeResult.failed(
                node.id(), failure, Duration.between(began, run.clock().instant()));
    }
}
