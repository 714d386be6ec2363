package io.odibi.monitoring.queries;

import io.odibi.core.execution.QueryProgress;
import io.odibi.core.execution.RunEvent;
import io.odibi.core.execution.RunListener;
import io.odibi.core.plan.NodeId;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.Plan;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The queries of a run, as its events tell of them. Batch nodes are no queries. */
public final class LiveQueries implements QueryRegistry, RunListener {

    /** The engine tells of a query's end up to some seconds after it is gone. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(8);

    /** A query that starts contacts its sources first. */
    private static final Duration FIRST_SIGN = Duration.ofSeconds(60);

    /** Does something to one query, and returns whether it is done. */
    @FunctionalInterface
    public interface Action {

        /** Does it; the micro-batch in hand may take as long as the grace period. */
        boolean on(NodeId query, Duration grace) throws InterruptedException;
    }

    private final Plan plan;
    private final Clock clock;
    private final Action drain;
    private final Action restart;

    // Guarded by this; waiting threads are told of every change of state.
    private final Map<NodeId, TrackedQuery> queries = new LinkedHashMap<>();

    /**
     * Begins without queries.
     *
     * @param plan what runs
     * @param drain ends a query: {@code run::drain}
     * @param restart starts it again: {@code run::restart}
     * @param clock the time
     */
    public LiveQueries(Plan plan, Action drain, Action restart, Clock clock) {
        this.plan = plan;
        this.drain = drain;
        this.restart = restart;
        this.clock = clock;
    }

    @Override
    public synchronized void on(RunEvent event) {
        if (event instanceof RunEvent.NodeStarted started) {
            plan.find(started.node())
                    .filter(NodePlan::isQuery)
                    .flatMap(NodePlan::streaming)
                    .ifPresent(streaming -> queries.computeIfAbsent(
                                    started.node(), id -> new TrackedQuery(id, streaming, started.at()))
                            .on(started));
        }
        TrackedQuery query = queries.get(event.node());
        if (query == null) {
            return;
        }
        if (event instanceof RunEvent.QueryStarted started) {
            query.on(started);
        } else if (event instanceof RunEvent.BatchCommitted committed) {
            query.on(committed);
        } else if (event instanceof RunEvent.QueryIdle idle) {
            query.on(idle);
        } else if (event instanceof RunEvent.RestartPlanned planned) {
            query.on(planned);
        } else if (event instanceof RunEvent.RestartAsked asked) {
            query.on(asked);
        } else if (event instanceof RunEvent.NodeStuck stuck) {
            query.on(stuck);
        } else if (event instanceof RunEvent.NodeEnded ended) {
            query.on(ended);
        }
        notifyAll();
    }

    /** Says that every query is being drained, since the run is. */
    public synchronized void draining() {
        queries.values().forEach(query -> query.draining(clock.instant()));
    }

    @Override
    public synchronized List<QueryStatus> list() {
        return queries.values().stream().map(TrackedQuery::status).toList();
    }

    @Override
    public synchronized Optional<QueryStatus> status(NodeId query) {
        return Optional.ofNullable(queries.get(query)).map(TrackedQuery::status);
    }

    @Override
    public synchronized List<QueryProgress> history(NodeId query) {
        return Optional.ofNullable(queries.get(query))
                .map(TrackedQuery::history)
                .orElse(List.of());
    }

    @Override
    public Optional<QueryStatus> stop(NodeId query, Duration grace) throws InterruptedException {
        synchronized (this) {
            TrackedQuery asked = queries.get(query);
            if (asked == null || asked.isGone()) {
                return status(query);
            }
            asked.draining(clock.instant());
        }
        boolean isGone = drain.on(query, grace);
        return isGone ? await(query, LAST_WORDS) : status(query);
    }

    @Override
    public Optional<QueryStatus> restart(NodeId query, Duration grace) throws InterruptedException {
        TrackedQuery.Start before;
        synchronized (this) {
            if (!queries.containsKey(query)) {
                return Optional.empty();
            }
            before = queries.get(query).start();
        }
        return restart.on(query, grace) ? awaitOther(query, before) : status(query);
    }

    /** Waits until another start of a query runs, or is gone; of what is told late, too. */
    private synchronized Optional<QueryStatus> awaitOther(NodeId query, TrackedQuery.Start before)
            throws InterruptedException {
        long deadline = System.nanoTime() + FIRST_SIGN.toNanos();
        TrackedQuery awaited = queries.get(query);
        while (awaited != null && !awaited.isOtherThan(before) && deadline - System.nanoTime() > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
        }
        return status(query);
    }

    @Override
    public synchronized Optional<QueryStatus> await(NodeId query, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        @Nullable TrackedQuery awaited = queries.get(query);
        while (awaited != null && !awaited.isGone() && deadline - System.nanoTime() > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
        }
        return status(query);
    }
}
