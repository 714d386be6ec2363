package io.odibi.core.run;

import io.odibi.core.catalog.PluginCatalog;
import io.odibi.core.check.CheckedPlan;
import io.odibi.core.error.OdibiException;
import io.odibi.core.execution.Failure;
import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.Resources;
import io.odibi.core.execution.RunEvent;
import io.odibi.core.execution.RunListener;
import io.odibi.core.model.Processing;
import io.odibi.core.plan.NodeId;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.Plan;
import io.odibi.core.port.ExecutionMode;
import io.odibi.core.port.FailureExplainer;
import io.odibi.core.port.NodeExecution;
import io.odibi.core.port.RunContext;
import io.odibi.core.port.StepException;
import io.odibi.core.port.Transform;
import io.odibi.core.run.Restarts.Decision;
import io.odibi.core.run.Schedule.Restart;
import io.odibi.core.run.Schedule.Turn;
import io.odibi.core.run.Schedule.Working;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A checked plan at work. Batch nodes run one at a time, each after those that it uses; streams run side by side until they end or are
 * drained; a node that builds on one that failed is skipped, and one that fails stops no other. A stream that fails for a cause that
 * passes is started again, as its policy says. {@link #await} carries the plan out on the calling thread; the other methods may be
 * called by any.
 */
public final class Run implements RunContext {

    private final String runId = UUID.randomUUID().toString();
    private final Plan plan;
    private final PluginCatalog catalog;
    private final RunListener listener;
    private final Resources resources;
    private final Clock clock;
    private final ConcurrentMap<NodeId, Object> tellers = new ConcurrentHashMap<>();
    private final Schedule schedule;
    private final Restarts restarts;

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
        this.schedule = new Schedule(plan);
        this.restarts = new Restarts(clock, ThreadLocalRandom.current()::nextDouble);
    }

    /**
     * Carries out the plan, and returns when every node has ended. To be called once.
     *
     * @throws InterruptedException if the calling thread is interrupted; what was started goes on until it is drained
     */
    public RunResult await() throws InterruptedException {
        Turn turn = schedule.next();
        while (!(turn instanceof Turn.Over)) {
            if (turn instanceof Turn.Start start) {
                begin(start.node());
            } else if (turn instanceof Turn.End ended) {
                ended.results().forEach(this::end);
            }
            turn = schedule.next();
        }
        return new RunResult(runId, ((Turn.Over) turn).results());
    }

    /**
     * Ends the run: no further node starts, and each that works ends after the micro-batch in hand, or is interrupted when the grace
     * period is over. One that cannot be stopped counts as stuck, and the run ends without it. Returns when all have been asked and are
     * gone or given up, or when the grace period is over and one is still being started, which {@link #atWork} names.
     *
     * @return whether all are gone
     * @throws InterruptedException if the calling thread is interrupted
     */
    public boolean drain(Duration grace) throws InterruptedException {
        long deadline = System.nanoTime() + grace.toNanos();
        List<Drain> drains =
                schedule.drain().stream().map(node -> new Drain(node, grace)).toList();
        drains.forEach(Thread::start);
        boolean gone = true;
        for (Drain one : drains) {
            one.join();
            gone &= one.gone;
        }
        return schedule.awaitStarts(deadline) && gone;
    }

    /** The nodes that are being started, or have been and have not ended. */
    public Set<NodeId> atWork() {
        return schedule.atWork();
    }

    /**
     * Ends one node, as {@link #drain(Duration)} ends all; the others go on. A node that is just being started is waited for within
     * the grace period; one that waits for another start gets none. Returns when the node is gone or cannot be stopped.
     *
     * @return whether the node is gone; false for one that has not begun, and for one that the plan does not have
     * @throws InterruptedException if the calling thread is interrupted
     */
    public boolean drain(NodeId node, Duration grace) throws InterruptedException {
        long deadline = System.nanoTime() + grace.toNanos();
        Optional<NodeExecution> working = schedule.atWork(node, deadline);
        Optional<NodeResult> failed = schedule.takeWaiting(node);
        failed.ifPresent(this::end);
        if (failed.isPresent() || schedule.hasEnded(node)) {
            return true;
        }
        return working.isPresent() && end(node, working.get(), deadline);
    }

    private boolean end(NodeId node, NodeExecution working, long deadline) throws InterruptedException {
        boolean isGone = working.drain(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        if (!isGone) {
            tell(new RunEvent.NodeStuck(clock.instant(), node));
        }
        return isGone;
    }

    /**
     * Starts a stream again, rebuilt: one that works is ended first, as {@link #drain(NodeId, Duration)} does; one that has ended, or
     * waits for another start, is started at once. Failures before are forgotten. Returns when the start is under way.
     *
     * @return whether it is; false if the stream cannot be stopped, has not begun, or is no stream of the plan, and if the run ends or
     *     has ended
     * @throws InterruptedException if the calling thread is interrupted
     */
    public boolean restart(NodeId node, Duration grace) throws InterruptedException {
        Optional<NodePlan> stream = plan.find(node).filter(found -> found.processing() == Processing.STREAMING);
        Restart restart = stream.map(schedule::restart).orElse(Restart.REFUSED);
        if (restart == Restart.REFUSED) {
            return false;
        }
        restarts.forget(node);
        tell(new RunEvent.RestartAsked(clock.instant(), node));
        if (restart == Restart.AT_ONCE) {
            return true;
        }
        long deadline = System.nanoTime() + grace.toNanos();
        Optional<NodeExecution> working = schedule.atWork(node, deadline);
        boolean isGone = working.isPresent() && end(node, working.get(), deadline);
        if (!isGone) {
            schedule.keep(node);
        }
        return isGone;
    }

    private void begin(NodePlan node) {
        Instant began = clock.instant();
        tell(new RunEvent.NodeStarted(began, node.id()));
        NodeExecution execution;
        try {
            execution = modeOf(node).start(node, this);
        } catch (RuntimeException | LinkageError cause) {
            Duration elapsed = Duration.between(began, clock.instant());
            settle(node, NodeResult.failed(node.id(), failure(node, cause), elapsed));
            return;
        }
        Working working = new Working(node.id(), execution, began);
        boolean goesOn = schedule.started(working);
        execution.completion().thenAccept(result -> settle(node, result));
        if (!goesOn) {
            new Drain(working, Duration.ZERO).start();
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

    /** Decides whether a node that has ended stays so. */
    private void settle(NodePlan node, NodeResult result) {
        if (schedule.takeRestart(node.id())) {
            schedule.again(node, result, Duration.ZERO);
        } else if (result.failure().isEmpty() || schedule.isDraining()) {
            end(result);
        } else {
            decide(node, result, result.failure().get());
        }
    }

    private void decide(NodePlan node, NodeResult result, Failure failure) {
        Decision decision = restarts.after(node, failure);
        if (decision instanceof Decision.Again again) {
            tell(new RunEvent.RestartPlanned(clock.instant(), node.id(), failure, again.attempt(), again.delay()));
            schedule.again(node, result, again.delay());
        } else {
            end(((Decision.GivenUp) decision).why().map(result::because).orElse(result));
        }
    }

    private void end(NodeResult result) {
        if (schedule.ends(result.node())) {
            tell(new RunEvent.NodeEnded(clock.instant(), result));
            schedule.ended(result);
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
        if (event instanceof RunEvent.BatchCommitted) {
            restarts.committed(event.node());
        }
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
    public FailureExplainer failures() {
        return catalog.failures();
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Resources resources() {
        return resources;
    }

    /** Drains one node, beside others, and gives it up where that is in vain. */
    private final class Drain extends Thread {
        private final Working node;
        private final Duration grace;
        private volatile boolean gone;

        private Drain(Working node, Duration grace) {
            super("odibi-drain");
            setDaemon(true);
            this.node = node;
            this.grace = grace;
        }

        @Override
        public void run() {
            try {
                gone = node.execution().drain(grace);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            if (!gone) {
                Duration elapsed = Duration.between(node.began(), clock.instant());
                end(NodeResult.stuck(node.node(), node.execution().query(), elapsed));
            }
        }
    }
}
