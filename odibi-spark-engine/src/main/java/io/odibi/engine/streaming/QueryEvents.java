package io.odibi.engine.streaming;

import io.odibi.core.execution.QueryHandle;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.apache.spark.sql.streaming.StreamingQueryProgress;

/**
 * Carries what Spark tells of its queries over to those who watch them. Spark tells all queries' events on one thread, and the start on
 * the query's own: neither must ever wait, so the watchers run on a thread of this object. Owned by the engine's components.
 */
public final class QueryEvents extends StreamingQueryListener implements AutoCloseable {

    /** Watches one query; called by one thread, in order. */
    interface Watcher {

        /** The query runs. */
        void started(QueryHandle query);

        /** The query is at work and has nothing to do. */
        void idle();

        /** The query has committed a micro-batch. */
        void progressed(StreamingQueryProgress progress);

        /** The query is over, and all has been told of it. */
        void terminated();
    }

    private final SparkSession spark;
    private final ConcurrentMap<String, Watcher> expected = new ConcurrentHashMap<>();
    private final ConcurrentMap<UUID, Watcher> running = new ConcurrentHashMap<>();
    private final ExecutorService teller = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "odibi-query-events");
        thread.setDaemon(true);
        return thread;
    });

    /** Listens to the queries of a session. */
    public QueryEvents(SparkSession spark) {
        this.spark = spark;
        spark.streams().addListener(this);
    }

    /** Makes {@code watcher} watch the next query that starts under a name. To be called before the start. */
    void expect(String name, Watcher watcher) {
        expected.put(name, watcher);
    }

    /** Takes {@link #expect} back, for a query that could not be started. */
    void forget(String name, Watcher watcher) {
        expected.remove(name, watcher);
    }

    @Override
    public void onQueryStarted(QueryStartedEvent event) {
        String name = event.name();
        Watcher watcher = name == null ? null : expected.remove(name);
        if (watcher != null) {
            running.put(event.runId(), watcher);
            teller.execute(() -> watcher.started(
                    new QueryHandle(event.id().toString(), event.runId().toString(), name)));
        }
    }

    @Override
    public void onQueryProgress(QueryProgressEvent event) {
        Watcher watcher = running.get(event.progress().runId());
        if (watcher != null) {
            teller.execute(() -> watcher.progressed(event.progress()));
        }
    }

    @Override
    public void onQueryIdle(QueryIdleEvent event) {
        Watcher watcher = running.get(event.runId());
        if (watcher != null) {
            teller.execute(watcher::idle);
        }
    }

    @Override
    public void onQueryTerminated(QueryTerminatedEvent event) {
        Watcher watcher = running.remove(event.runId());
        if (watcher != null) {
            teller.execute(watcher::terminated);
        }
    }

    @Override
    public void close() {
        spark.streams().removeListener(this);
        teller.shutdown();
    }
}
