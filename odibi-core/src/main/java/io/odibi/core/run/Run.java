package io.odibi.core.run;

import io.odibi.core.catalog.PluginCatalog;
import io.odibi.core.check.CheckedPlan;
import io.odibi.core.error.OdibiException;
import io.odibi.core.execution.Failure;
import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.NodeResult.Outcome;
import io.odibi.core.execution.Resources;
import io.odibi.core.execution.RunEvent;
import io.odibi.core.execution.RunListener;
import io.odibi.core.model.Processing;
import io.odibi.core.plan.NodeId;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.Plan;
import io.odibi.core.port.ExecutionMode;
import io.odibi.core.port.NodeExecution;
import io.odibi.core.port.RunContext;
import io.odibi.core.port.StepException;
import io.odibi.core.port.Transform;
import java.time.Clock;
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
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * A checked plan at work. Batch nodes run one at a time, each after those that it uses; streams run side by side until they end or are
 * drained; a node that builds on one that failed is skipped, and one that fails stops no other. {@link #await} carries the plan out on
 * the calling thread; {@link #drain(Duration)} and the methods of {@link RunContext} may be called by any.
 */
public final class Run implements RunContext {

    private final String runId = UUID.randomUUID().toString();
    private final Plan plan;
    private final PluginCatalog catalog;
    private final RunListener listener;
    private final Resources resources;
    private final Clock clock;
    private final ConcurrentMap<NodeId, Object> tellers = new ConcurrentHashMap<>();

    // Guarded by this; waiting threads are told of every change.
    private final Set<NodePlan> pending;
    private final Set<NodeId> starting = new HashSet<>();
    private final Map<NodeId, NodeExecution> executions = new LinkedHashMap<>();
    private final Map<NodeId, NodeResult> results = new LinkedHashMap<>();
    private boolean draining;

    /**
     * Prepares a run; {@link #await} starts it.
     *
     * @param checked what to run
     * @param catalog what is installed
     * @param listener is told what happens
     * @param resources what the run shares with the check before it; stays open
     * @param clock the time
     */
    public Run(CheckedPlan checked, PluginCatalog catalog, RunListener listener, Resources resources, Clock clock) {
        this.plan = checked.plan();
        this.catalog = catalog;
        this.listener = listener;
        this.resources = resources;
        this.clock = clock;
        this.pending = new LinkedHashSet<>(plan.nodes());
    }

    /**
     * Carries out the plan, and returns when every node has ended. To be called once.
     *
     * @throws InterruptedException if the calling thread is interrupted; what was started goes on until it is drained
     */
    public RunResult await() throws InterruptedException {
        Optional<NodePlan> next = takeNext();
        while (next.isPresent()) {
            begin(next.get());
            next = takeNext();
        }
        synchronized (this) {
            List<NodeResult> ordered = new ArrayList<>();
            plan.nodes().forEach(node -> ordered.add(resultOf(node.id()).orElseThrow()));
            return new RunResult(runId, ordered);
        }
    }

    /**
     * Ends the run: no further node starts, and each that works ends after the micro-batch in hand, or is interrupted when the grace
     * period is over. Returns when all have been asked and are gone or cannot be stopped.
     *
     * @return whether all are gone
     * @throws InterruptedException if the calling thread is interrupted
     */
    public boolean drain(Duration grace) throws InterruptedException {
        List<NodeExecution> working;
        synchronized (this) {
            draining = true;
            working = List.copyOf(executions.values());
            notifyAll();
        }
        List<Drain> drains = working.stream().map(one -> new Drain(one, grace)).toList();
        drains.forEach(Thread::start);
        boolean gone = true;
        for (Drain one : drains) {
            one.join();
            gone &= one.gone;
        }
        return gone;
    }

    /**
     * Ends one node, as {@link #drain(Duration)} ends all; the others go on. A node that is just being started is waited for within
     * the grace period. Returns when the node is gone or cannot be stopped.
     *
     * @return whether the node is gone; false for one that has not begun, and for one that the plan does not have
     * @throws InterruptedException if the calling thread is interrupted
     */
    public boolean drain(NodeId node, Duration grace) throws InterruptedException {
        long deadline = System.nanoTime() + grace.toNanos();
        NodeExecution working;
        synchronized (this) {
            while (starting.contains(node) && deadline - System.nanoTime() > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
            }
            if (results.containsKey(node)) {
                return true;
            }
            working = executions.get(node);
        }
        return working != null && working.drain(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }

    /** Waits until there is something to do, skips what cannot run, and returns the next node to start; empty when all have ended. */
    private Optional<NodePlan> takeNext() throws InterruptedException {
        while (true) {
            List<NodePlan> skipped = new ArrayList<>();
            synchronized (this) {
                while (skipped.isEmpty()) {
                    pending.stream().filter(this::cannotRun).forEach(skipped::add);
                    Optional<NodePlan> ready = pending.stream()
                            .filter(node -> !skipped.contains(node) && isReady(node))
                            .findFirst();
                    if (skipped.isEmpty() && ready.isPresent()) {
                        pending.remove(ready.get());
                        starting.add(ready.get().id());
                        return ready;
                    }
                    if (skipped.isEmpty()
                            && pending.isEmpty()
                            && results.size() == plan.nodes().size()) {
                        return Optional.empty();
                    }
                    if (skipped.isEmpty()) {
                        wait();
                    }
                }
                skipped.forEach(pending::remove);
            }
            skipped.forEach(node -> end(NodeResult.skipped(node.id())));
        }
    }

    private boolean cannotRun(NodePlan node) {
        return draining
                || node.upstream().stream()
                        .flatMap(up -> resultOf(up).stream())
                        .anyMatch(up -> up.outcome() == Outcome.FAILED || up.outcome() == Outcome.SKIPPED);
    }

    private boolean isReady(NodePlan node) {
        boolean inputsThere = node.upstream().stream().allMatch(up -> isUsable(up, node));
        boolean isBatch = node.processing() == Processing.BATCH;
        return inputsThere && !(isBatch && executions.keySet().stream().anyMatch(this::isBatchAtWork));
    }

    private boolean isUsable(NodeId upstream, NodePlan node) {
        boolean streamOnStream = node.processing() == Processing.STREAMING
                && plan.find(upstream)
                        .filter(up -> up.processing() == Processing.STREAMING)
                        .isPresent();
        return results.containsKey(upstream) || (streamOnStream && executions.containsKey(upstream));
    }

    private boolean isBatchAtWork(NodeId id) {
        return !results.containsKey(id)
                && plan.find(id)
                        .filter(node -> node.processing() == Processing.BATCH)
                        .isPresent();
    }

    private synchronized Optional<NodeResult> resultOf(NodeId id) {
        return Optional.ofNullable(results.get(id));
    }

    private void begin(NodePlan node) {
        Instant began = clock.instant();
        tell(new RunEvent.NodeStarted(began, node.id()));
        NodeExecution execution;
        try {
            execution = modeOf(node).start(node, this);
        } catch (RuntimeException | LinkageError cause) {
            Duration elapsed = Duration.between(began, clock.instant());
            end(NodeResult.failed(node.id(), failure(node, cause), elapsed));
            return;
        }
        boolean tooLate;
        synchronized (this) {
            executions.put(node.id(), execution);
            starting.remove(node.id());
            tooLate = draining;
            notifyAll();
        }
        execution.completion().thenAccept(this::end);
        if (tooLate) {
            new Drain(execution, Duration.ZERO).start();
        }
    }

    private ExecutionMode modeOf(NodePlan node) {
        return catalog.executionModes().byName().values().stream()
                .filter(mode -> mode.accepts(node))
                .findFirst()
                .orElseThrow();
    }

    private static Failure failure(NodePlan node, Throwable cause) {
        String what = "cannot start node '" + node.id().node() + "': ";
        if (cause instanceof StepException step) {
            return new Failure(step.finding().at() + ": " + step.finding().message(), cause);
        }
        return cause instanceof OdibiException told
                ? new Failure(String.valueOf(told.getMessage()), told)
                : new Failure(what + "an unexpected fault; '--debug' shows it", cause);
    }

    private void end(NodeResult result) {
        tell(new RunEvent.NodeEnded(clock.instant(), result));
        synchronized (this) {
            results.put(result.node(), result);
            starting.remove(result.node());
            notifyAll();
        }
    }

    @Override
    public String runId() {
        return runId;
    }

    @Override
    public Plan plan() {
        return plan;
    }

    @Override
    public Transform<?> transform(String type) {
        return catalog.transforms()
                .find(type)
                .orElseThrow(() -> new IllegalArgumentException("no transform '" + type + "'"));
    }

    @Override
    public void tell(RunEvent event) {
        synchronized (tellers.computeIfAbsent(event.node(), node -> new Object())) {
            try {
                listener.on(event);
            } catch (RuntimeException fault) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, fault);
            }
        }
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Resources resources() {
        return resources;
    }

    /** Drains one node, beside others. */
    private static final class Drain extends Thread {
        private final NodeExecution execution;
        private final Duration grace;
        private volatile boolean gone;

        private Drain(NodeExecution execution, Duration grace) {
            super("odibi-drain");
            setDaemon(true);
            this.execution = execution;
            this.grace = grace;
        }

        @Override
        public void run() {
            try {
                gone = execution.drain(grace);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
