package io.odibi.engine.streaming;

import io.odibi.core.execution.Failure;
import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.NodeResult.Outcome;
import io.odibi.core.execution.QueryHandle;
import io.odibi.core.execution.QueryProgress;
import io.odibi.core.execution.RowCounts;
import io.odibi.core.execution.RunEvent;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.port.NodeExecution;
import io.odibi.core.port.RunContext;
import io.odibi.engine.checkpoint.CheckpointLock;
import io.odibi.engine.failure.NodeFailures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryProgress;

/**
 * One streaming query at work. A thread of its own waits for its end: Spark's wait for any query tells the same end again and again and
 * misses others.
 */
final class StreamExecution implements NodeExecution, QueryEvents.Watcher {

    /** Spark tells of a query's end on another thread, after all else it has to tell; it drops events when it is far behind. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final NodePlan node;
    private final RunContext run;
    private final String schema;
    private final List<String> streams;
    private final Instant began;
    private final CompletableFuture<NodeResult> ended = new CompletableFuture<>();
    private final CompletableFuture<StreamingQuery> query = new CompletableFuture<>();
    private final CountDownLatch told = new CountDownLatch(1);
    private final LongAdder rowsIn = new LongAdder();
    private final LongAdder rowsOut = new LongAdder();

    private volatile Optional<Failure> lost = Optional.empty();
    private volatile QueryDrain.State drain = QueryDrain.State.NOT_ASKED;

    /**
     * Makes one that has not begun.
     *
     * @param schema its columns
     * @param streams the names of what it reads, in the order in which Spark tells of them
     * @param began when it was asked to start
     */
    StreamExecution(NodePlan node, RunContext run, String schema, List<String> streams, Instant began) {
        this.node = node;
        this.run = run;
        this.schema = schema;
        this.streams = streams;
        this.began = began;
    }

    /** Begins to wait for the end of the node's query, which gives its checkpoint free. */
    void watch(StreamingQuery started, CheckpointLock lock) {
        query.complete(started);
        Thread thread = new Thread(() -> awaitEnd(started, lock), "odibi-query-" + node.id());
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public Optional<QueryHandle> query() {
        return Optional.ofNullable(query.getNow(null)).map(StreamExecution::handle);
    }

    @Override
    public CompletionStage<NodeResult> completion() {
        return ended.minimalCompletionStage();
    }

    @Override
    public boolean drain(Duration grace) throws InterruptedException {
        if (ended.isDone()) {
            return true;
        }
        return new QueryDrain(query.join(), state -> drain = state).within(grace);
    }

    @Override
    public void started(QueryHandle handle) {
        run.tell(new RunEvent.QueryStarted(run.clock().instant(), node.id(), handle));
    }

    @Override
    public void progressed(StreamingQueryProgress progress) {
        QueryProgress read = ProgressReading.read(node.id(), streams, progress);
        rowsIn.add(read.rows().in().orElse(0));
        rowsOut.add(read.rows().out().orElse(0));
        run.tell(new RunEvent.BatchCommitted(run.clock().instant(), read));
    }

    @Override
    public void idle() {
        run.tell(new RunEvent.QueryIdle(run.clock().instant(), node.id()));
    }

    @Override
    public void terminated() {
        told.countDown();
    }

    /** Ends the query at once: another process goes on with its checkpoint. */
    void checkpointLost() {
        String message =
                "cannot go on with node '" + node.id().node() + "': another process has taken its checkpoint over";
        lost = Optional.of(new Failure(message, new IllegalStateException(message)));
        try {
            query.join().stop();
        } catch (TimeoutException deaf) {
            // It has been interrupted, and ends when its sink lets go.
            return;
        }
    }

    private void awaitEnd(StreamingQuery started, CheckpointLock lock) {
        Optional<Failure> failure = Optional.empty();
        try {
            started.awaitTermination();
            failure = lost;
        } catch (Throwable fault) { // whatever it is, the run waits for a result
            failure = lost.or(() ->
                    Optional.of(NodeFailures.of(run.plan(), run.failures(), node, fault, BatchInHand.of(started))));
        }
        try {
            told.await(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        lock.close();
        Outcome outcome = outcome(failure.isPresent());
        ended.complete(result(started, outcome, outcome == Outcome.FAILED ? failure : Optional.empty()));
    }

    private NodeResult result(StreamingQuery of, Outcome outcome, Optional<Failure> failure) {
        return new NodeResult(
                node.id(),
                outcome,
                failure,
                Optional.of(handle(of)),
                new RowCounts(OptionalLong.of(rowsIn.sum()), OptionalLong.of(rowsOut.sum())),
                Optional.of(schema),
                Duration.between(began, run.clock().instant()));
    }

    private Outcome outcome(boolean failed) {
        return switch (drain) {
            // What is thrown after an interruption is its consequence.
            case INTERRUPTED -> Outcome.INTERRUPTED;
            case LEFT -> Outcome.STOPPED;
            case STOPPED -> failed ? Outcome.FAILED : Outcome.STOPPED;
            case NOT_ASKED, WAITING -> failed ? Outcome.FAILED : endedByItself();
        };
    }

    /** A query without an end that ends without a failure was stopped by someone with a hold of Spark's session. */
    private Outcome endedByItself() {
        boolean ends =
                node.streaming().map(streaming -> streaming.trigger().ends()).orElse(true);
        return ends ? Outcome.SUCCEEDED : Outcome.STOPPED;
    }

    private static QueryHandle handle(StreamingQuery query) {
        return new QueryHandle(query.id().toString(), query.runId().toString(), query.name());
    }
}
