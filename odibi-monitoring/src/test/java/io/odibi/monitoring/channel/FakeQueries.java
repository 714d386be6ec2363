package io.odibi.monitoring.channel;

import io.odibi.core.execution.NodeResult.Outcome;
import io.odibi.core.plan.NodeId;
import io.odibi.monitoring.queries.Events;
import io.odibi.monitoring.queries.LiveQueries;
import io.odibi.monitoring.runs.RunDescription;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A run with two queries that end when they are told. */
final class FakeQueries {

    final List<Duration> graces = new CopyOnWriteArrayList<>();
    final LiveQueries live =
            new LiveQueries(Events.plan(Events.ORDERS, Events.CLICKS), this::drain, this::restart, Clock.systemUTC());
    volatile boolean isStubborn;

    FakeQueries() {
        for (NodeId node : List.of(Events.ORDERS, Events.CLICKS)) {
            live.on(Events.nodeStarted(node));
            live.on(Events.queryStarted(node));
            live.on(Events.committed(node, 1, 10, 5, 7));
            live.on(Events.committed(node, 2, 10, 5, 7));
        }
    }

    private boolean drain(NodeId node, Duration grace) {
        graces.add(grace);
        if (!isStubborn) {
            live.on(Events.ended(node, grace.isZero() ? Outcome.INTERRUPTED : Outcome.STOPPED));
        }
        return !isStubborn;
    }

    private boolean restart(NodeId node, Duration grace) {
        graces.add(grace);
        live.on(Events.restartAsked(node));
        live.on(Events.queryStarted(node, "second"));
        return true;
    }

    Operations operations() {
        return new Operations(RunDescription.ofThisProcess("run-1", "demo", Events.START), live);
    }
}
