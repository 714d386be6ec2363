package io.odibi.core.run;

import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.NodeResult.Outcome;
import io.odibi.core.model.Processing;
import io.odibi.core.plan.NodeId;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.Plan;
import io.odibi.core.port.NodeExecution;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Where each node of a run stands, and which comes next: batch nodes one at a time, each after those that it uses; streams side by
 * side; what builds on a failure not at all. Safe for use by several threads; those who wait are told of every change.
 */
final class Schedule {

    /** What the run has to do next. */
    sealed interface Turn {

        /** A node is to be started. */
        record Start(NodePlan node) implements Turn {}

        /** Nodes have ended without being started, or started again. */
        record End(List<NodeResult> results) implements Turn {}

        /** Every node has ended. */
        record Over(List<NodeResult> results) implements Turn {}
    }

    /**
     * A node at work.
     *
     * @param node which
     * @param execution what it does
     * @param began when it was started
     */
    record Working(NodeId node, NodeExecution execution, Instant began) {}

    /** A stream that is started again; {@code before} is how it ended last. */
    private record Waiting(NodePlan node, NodeResult before, long due) {
        private long left() {
            return due - System.nanoTime();
        }
    }

    private final Plan plan;
    private final Set<NodePlan> pending;
    private final Map<NodeId, Waiting> waiting = new LinkedHashMap<>();
    private final Set<NodeId> starting = new HashSet<>();
    private final Set<NodeId> toRestart = new HashSet<>();
    private final Map<NodeId, Working> working = new LinkedHashMap<>();
    private final Set<NodeId> ending = new HashSet<>();
    private final Map<NodeId, NodeResult> results = new LinkedHashMap<>();
    private boolean draining;
    private boolean over;

    Schedule(Plan plan) {
        this.plan = plan;
        this.pending = new LinkedHashSet<>(plan.nodes());
    }

    /** Waits until there is something to do, and returns what. */
    synchronized Turn next() throws InterruptedException {
        while (true) {
            List<NodeResult> ended = takeEnded();
            if (!ended.isEmpty()) {
                return new Turn.End(ended);
            }
            Optional<NodePlan> ready = takeReady();
            if (ready.isPresent()) {
                starting.add(ready.get().id());
                return new Turn.Start(ready.get());
            }
            if (waiting.isEmpty() && results.size() == plan.nodes().size()) {
                over = true;
                return new Turn.Over(plan.nodes().stream()
                        .map(node -> results.get(node.id()))
                        .toList());
            }
            // A day stands for no end: every change wakes this up.
            long patience =
                    waiting.values().stream().mapToLong(Waiting::left).min().orElse(TimeUnit.DAYS.toNanos(1));
            TimeUnit.NANOSECONDS.timedWait(this, patience);
        }
    }

    private List<NodeResult> takeEnded() {
        List<NodeResult> ended = new ArrayList<>();
        for (NodePlan node : List.copyOf(pending)) {
            if (cannotRun(node)) {
                pending.remove(node);
                ended.add(NodeResult.skipped(node.id()));
            }
        }
        if (draining) {
            waiting.values().forEach(one -> ended.add(one.before()));
            waiting.clear();
        }
        return ended;
    }

    private Optional<NodePlan> takeReady() {
        Optional<NodePlan> again = waiting.values().stream()
                .filter(one -> one.left() <= 0)
                .map(Waiting::node)
                .findFirst();
        again.ifPresent(node -> waiting.remove(node.id()));
        Optional<NodePlan> ready =
                again.or(() -> pending.stream().filter(this::isReady).findFirst());
        ready.ifPresent(pending::remove);
        return ready;
    }

    private boolean cannotRun(NodePlan node) {
        return draining
                || node.upstream().stream()
                        .flatMap(up -> Optional.ofNullable(results.get(up)).stream())
                        .anyMatch(up -> up.outcome() == Outcome.FAILED || up.outcome() == Outcome.SKIPPED);
    }

    private boolean isReady(NodePlan node) {
        boolean inputsThere = node.upstream().stream().allMatch(up -> isUsable(up, node));
        boolean isBatch = node.processing() == Processing.BATCH;
        return inputsThere && !(isBatch && working.keySet().stream().anyMatch(this::isBatch));
    }

    private boolean isUsable(NodeId upstream, NodePlan node) {
        boolean streamOnStream = node.processing() == Processing.STREAMING
                && plan.find(upstream)
                        .filter(up -> up.processing() == Processing.STREAMING)
                        .isPresent();
        return results.containsKey(upstream) || (streamOnStream && working.containsKey(upstream));
    }

    private boolean isBatch(NodeId id) {
        return plan.find(id)
                .filter(node -> node.processing() == Processing.BATCH)
                .isPresent();
    }

    /** Takes note that a node works, and returns whether it is to go on. */
    synchronized boolean started(Working node) {
        working.put(node.node(), node);
        starting.remove(node.node());
        notifyAll();
        return !draining;
    }

    /** Returns whether a node is to be told as ended, which the first gets who asks: one that was given up may end after all. */
    synchronized boolean ends(NodeId node) {
        return !results.containsKey(node) && ending.add(node);
    }

    /** Takes note that a node has ended for good, unless somebody has asked for another start meanwhile. */
    synchronized void ended(NodeResult result) {
        ending.remove(result.node());
        if (takeRestart(result.node())) {
            again(plan.find(result.node()).orElseThrow(), result, Duration.ZERO);
            return;
        }
        results.put(result.node(), result);
        leave(result.node());
    }

    private void leave(NodeId node) {
        starting.remove(node);
        working.remove(node);
        notifyAll();
    }

    /** Takes note that a node which has ended, as {@code before} says, is started again when a wait is over. */
    synchronized void again(NodePlan node, NodeResult before, Duration wait) {
        waiting.put(node.id(), new Waiting(node, before, System.nanoTime() + wait.toNanos()));
        leave(node.id());
    }

    /** What is done when somebody asks for another start of a node. */
    enum Restart {
        /** It is started at once, as it had ended or waited for it. */
        AT_ONCE,
        /** It works, and is started as soon as it ends. */
        WHEN_ENDED,
        /** It has not begun, or the run ends or has ended. */
        REFUSED
    }

    /** Asks for another start of a node. */
    synchronized Restart restart(NodePlan node) {
        NodeId id = node.id();
        if (over || draining || pending.contains(node)) {
            return Restart.REFUSED;
        }
        Waiting planned = waiting.get(id);
        NodeResult before = planned != null ? planned.before() : results.remove(id);
        if (before == null) {
            toRestart.add(id);
            return Restart.WHEN_ENDED;
        }
        again(node, before, Duration.ZERO);
        reviveSkipped();
        return Restart.AT_ONCE;
    }

    /** What was skipped for a node that is started again has its turn after all. */
    private void reviveSkipped() {
        for (NodePlan node : plan.nodes()) {
            NodeResult result = results.get(node.id());
            if (result != null && result.outcome() == Outcome.SKIPPED && !cannotRun(node)) {
                results.remove(node.id());
                pending.add(node);
            }
        }
    }

    /** Takes back that a node is to be started again as soon as it ends. */
    synchronized void keep(NodeId node) {
        toRestart.remove(node);
    }

    /** Returns whether somebody has asked for another start of a node that has just ended; the question answers itself once. */
    synchronized boolean takeRestart(NodeId node) {
        return toRestart.remove(node) && !draining;
    }

    /** Returns how a node that waits for another start ended, which it now does not get. */
    synchronized Optional<NodeResult> takeWaiting(NodeId node) {
        return Optional.ofNullable(waiting.remove(node)).map(Waiting::before);
    }

    /** Lets no further node start, and returns those that work. */
    synchronized List<Working> drain() {
        draining = true;
        notifyAll();
        return List.copyOf(working.values());
    }

    /** Returns the nodes that are being started, or have been and have not ended. */
    synchronized Set<NodeId> atWork() {
        Set<NodeId> nodes = new LinkedHashSet<>(working.keySet());
        nodes.addAll(starting);
        return nodes;
    }

    /** Waits for what is just being started, and returns whether that has come to its end. */
    synchronized boolean awaitStarts(long deadline) throws InterruptedException {
        while (!starting.isEmpty() && deadline - System.nanoTime() > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
        }
        return starting.isEmpty();
    }

    synchronized boolean isDraining() {
        return draining;
    }

    synchronized boolean hasEnded(NodeId node) {
        return results.containsKey(node);
    }

    /** Returns a node at work; waits for one that is just being started. Empty if it does not work, or not in time. */
    synchronized Optional<NodeExecution> atWork(NodeId node, long deadline) throws InterruptedException {
        while (starting.contains(node) && deadline - System.nanoTime() > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
        }
        return Optional.ofNullable(working.get(node)).map(Working::execution);
    }
}
