package io.odibi.monitoring.queries;

import io.odibi.core.execution.QueryProgress;
import io.odibi.core.plan.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The streaming queries of one run, those that are gone as well. Safe for use by several threads. The answers lag behind the queries
 * by moments: queries never wait for those who watch them.
 */
public interface QueryRegistry {

    /** Returns every query that was asked to start, in the order of their starts. */
    List<QueryStatus> list();

    /** Returns what is known of a query; empty if there is none of that name. */
    Optional<QueryStatus> status(NodeId query);

    /** Returns what a query did in its last micro-batches, oldest first; a hundred at most. Empty if there is no such query. */
    List<QueryProgress> history(NodeId query);

    /**
     * Ends a query and returns when it is gone or cannot be stopped: the micro-batch in hand commits and no other begins. The other
     * queries go on. Stopping one that is gone changes nothing.
     *
     * @param grace how long the micro-batch in hand may take until it is interrupted; zero interrupts at once
     * @return how it is afterwards, {@link QueryState#isGone gone} or not; empty if there is no such query
     * @throws InterruptedException if the calling thread is interrupted; the query goes on being stopped
     */
    Optional<QueryStatus> stop(NodeId query, Duration grace) throws InterruptedException;

    /**
     * Starts a query again, rebuilt: after the micro-batch in hand, or at once if it is gone. Returns when it runs, or when it is plain
     * that it will not for now.
     *
     * @param grace how long the micro-batch in hand may take until it is interrupted; zero interrupts at once
     * @return how it is afterwards, {@link QueryState#RUNNING running} or not; empty if there is no such query
     * @throws InterruptedException if the calling thread is interrupted; the restart goes on
     */
    Optional<QueryStatus> restart(NodeId query, Duration grace) throws InterruptedException;

    /**
     * Waits until a query is gone.
     *
     * @param timeout how long at most
     * @return how it is then, {@link QueryState#isGone gone} or not; empty if there is no such query
     * @throws InterruptedException if the calling thread is interrupted
     */
    Optional<QueryStatus> await(NodeId query, Duration timeout) throws InterruptedException;
}
