package io.odibi.engine.batch;

import io.odibi.core.describe.Target;
import io.odibi.core.describe.Target.BatchIdentity;
import io.odibi.core.describe.Target.BatchTarget;
import io.odibi.core.describe.Target.FormatTarget;
import io.odibi.core.execution.Failure;
import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.NodeResult.Outcome;
import io.odibi.core.execution.QueryHandle;
import io.odibi.core.execution.RowCounts;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.WritePlan;
import io.odibi.core.port.NodeExecution;
import io.odibi.core.port.RunContext;
import io.odibi.engine.failure.NodeFailures;
import io.odibi.engine.frames.Columns;
import io.odibi.engine.frames.FrameBuilder;
import io.odibi.engine.frames.RunFrames;
import io.odibi.engine.frames.SinkColumns;
import io.odibi.engine.session.EngineSession;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** One batch node at work, on a thread of its own. */
final class BatchExecution implements NodeExecution {

    /** How long an interrupted node may take to let go. */
    private static final Duration LETTING_GO = Duration.ofSeconds(15);

    private final NodePlan node;
    private final RunContext run;
    private final EngineSession session;
    private final RunFrames frames;
    private final String group;
    private final Instant began;
    private final CompletableFuture<NodeResult> ended = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean interrupted;

    BatchExecution(NodePlan node, RunContext run, EngineSession session, RunFrames frames) {
        this.node = node;
        this.run = run;
        this.session = session;
        this.frames = frames;
        this.group = run.runId() + "/" + node.id();
        this.began = run.clock().instant();
        this.thread = new Thread(this::carryOut, "odibi-batch-" + node.id());
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public Optional<QueryHandle> query() {
        return Optional.empty();
    }

    @Override
    public CompletionStage<NodeResult> completion() {
        return ended.minimalCompletionStage();
    }

    @Override
    public boolean drain(Duration grace) throws InterruptedException {
        if (!endsWithin(grace)) {
            interrupted = true;
            session.spark().sparkContext().cancelJobGroup(group);
            thread.interrupt();
            return endsWithin(LETTING_GO);
        }
        return true;
    }

    private boolean endsWithin(Duration time) throws InterruptedException {
        try {
            ended.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException working) {
            return false;
        } catch (ExecutionException never) {
            throw new IllegalStateException("completed exceptionally", never);
        }
    }

    private void carryOut() {
        SparkSession spark = session.spark();
        SparkSession.setActiveSession(spark);
        SparkContext context = spark.sparkContext();
        context.setLocalProperty("spark.scheduler.pool", node.id().toString());
        context.setJobGroup(group, node.id().toString(), true);
        NodeResult result;
        try {
            Dataset<Row> rows =
                    new FrameBuilder(spark, run::transform, frames).build(node).rows();
            frames.put(node.id(), rows);
            RowCounts counts = node.write().isPresent() ? write(node.write().get(), rows) : RowCounts.unknown();
            result = ended(Outcome.SUCCEEDED, Optional.empty(), counts, Optional.of(Columns.ddl(rows.schema())));
        } catch (Throwable fault) { // whatever it is, the run waits for a result
            result = interrupted
                    ? ended(Outcome.INTERRUPTED, Optional.empty(), RowCounts.unknown(), Optional.empty())
                    : ended(
                            Outcome.FAILED,
                            Optional.of(NodeFailures.of(run.plan(), run.failures(), node, fault)),
                            RowCounts.unknown(),
                            Optional.empty());
        }
        ended.complete(result);
    }

    private NodeResult ended(Outcome outcome, Optional<Failure> failure, RowCounts rows, Optional<String> schema) {
        return new NodeResult(
                node.id(),
                outcome,
                failure,
                Optional.empty(),
                rows,
                schema,
                Duration.between(began, run.clock().instant()));
    }

    private RowCounts write(WritePlan write, Dataset<Row> rows) throws Exception {
        write.connection().ifPresent(session::prepare);
        try (PassCounts counts = new PassCounts(session.spark(), group)) {
            Dataset<Row> counted = counts.on(rows);
            Target target = write.target();
            if (target instanceof FormatTarget format) {
                new BatchWrite(format, write.mode()).write(SinkColumns.named(counted, write));
            } else {
                write((BatchTarget<?>) target, counted);
            }
            return counts.await();
        }
    }

    @SuppressWarnings("unchecked") // a target for another engine does not fit and says so
    private void write(BatchTarget<?> target, Dataset<Row> rows) {
        // With the node's name: two nodes of one run may write to the same system.
        ((BatchTarget<Dataset<Row>>) target).writer().write(rows, new BatchIdentity(group, 0));
    }
}
