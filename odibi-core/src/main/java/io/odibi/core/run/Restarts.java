package io.odibi.core.run;

import io.odibi.core.execution.Failure;
import io.odibi.core.execution.Failure.FailedBatch;
import io.odibi.core.execution.Failure.Nature;
import io.odibi.core.model.RestartPolicy;
import io.odibi.core.model.Supervision;
import io.odibi.core.plan.NodeId;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.StreamingPlan;
import io.odibi.core.settings.Durations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** Counts the failures of streams, and decides whether and when each is started again. Safe for use by several threads. */
final class Restarts {

    /** A micro-batch that fails so often for a cause that nobody knows is taken to be the cause. */
    static final int SAME_BATCH = 3;

    /** Waits differ by as much as this part of them, so that what failed together does not come back together. */
    private static final double JITTER = 0.2;

    /** What is done after a failure. */
    sealed interface Decision {

        /**
         * The stream is started again.
         *
         * @param attempt counts from 1 within the policy's window
         * @param delay how long until then
         */
        record Again(int attempt, Duration delay) implements Decision {}

        /**
         * The stream stays down.
         *
         * @param why why, where another start could have been expected
         */
        record GivenUp(Optional<String> why) implements Decision {}
    }

    /** The failures of one stream. */
    private static final class Failures {
        private final Deque<Instant> inWindow = new ArrayDeque<>();
        private int sinceCommit;
        // Of causes that nobody knows.
        private Optional<Long> batch = Optional.empty();
        private int ofBatch;
    }

    private final Clock clock;
    private final DoubleSupplier random;
    private final Map<NodeId, Failures> failures = new HashMap<>();

    /**
     * Begins without failures.
     *
     * @param clock the time
     * @param random numbers from 0 to 1, for the jitter
     */
    Restarts(Clock clock, DoubleSupplier random) {
        this.clock = clock;
        this.random = random;
    }

    /** Decides what is done after a failure, and counts it. */
    synchronized Decision after(NodePlan node, Failure failure) {
        Optional<RestartPolicy> policy = node.streaming()
                .map(StreamingPlan::supervision)
                .map(Supervision::restart)
                .filter(found -> found.maxAttempts() > 0);
        if (policy.isEmpty() || failure.nature() == Nature.LASTING) {
            return new Decision.GivenUp(Optional.empty());
        }
        Failures known = failures.computeIfAbsent(node.id(), id -> new Failures());
        count(known, failure, policy.get());
        if (known.ofBatch >= SAME_BATCH) {
            return new Decision.GivenUp(Optional.of(sameBatch(failure)));
        }
        if (known.inWindow.size() > policy.get().maxAttempts()) {
            return new Decision.GivenUp(
                    Optional.of("it was started again " + policy.get().maxAttempts() + " times in "
                            + Durations.format(policy.get().window())
                            + failure.batch().map(Restarts::inHand).orElse("")));
        }
        Duration wait = wait(policy.get(), known.sinceCommit);
        known.sinceCommit++;
        return new Decision.Again(known.inWindow.size(), wait);
    }

    private void count(Failures known, Failure failure, RestartPolicy policy) {
        Instant now = clock.instant();
        known.inWindow.addLast(now);
        while (known.inWindow.getFirst().isBefore(now.minus(policy.window()))) {
            known.inWindow.removeFirst();
        }
        if (failure.nature() == Nature.UNKNOWN) {
            Optional<Long> batch = failure.batch().map(FailedBatch::number);
            known.ofBatch = batch.equals(known.batch) ? known.ofBatch + 1 : 1;
            known.batch = batch;
        }
    }

    private Duration wait(RestartPolicy policy, int before) {
        double doubled = policy.backoff().toMillis() * Math.pow(2, before);
        double capped = Math.min(doubled, (double) policy.maxBackoff().toMillis());
        return Duration.ofMillis(Math.round(capped * (1 - JITTER + 2 * JITTER * random.getAsDouble())));
    }

    private static String sameBatch(Failure failure) {
        return failure.batch()
                .map(batch -> "micro-batch " + batch.number() + " failed " + SAME_BATCH + " times; it reads "
                        + batch.offsets())
                .orElse("it failed " + SAME_BATCH + " times before its first micro-batch");
    }

    private static String inHand(FailedBatch batch) {
        return "; micro-batch " + batch.number() + " is in hand, which reads " + batch.offsets();
    }

    /** Takes note that a stream has committed a micro-batch. */
    synchronized void committed(NodeId node) {
        Failures known = failures.get(node);
        if (known != null) {
            known.sinceCommit = 0;
            known.batch = Optional.empty();
            known.ofBatch = 0;
        }
    }

    /** Forgets the failures of a stream that somebody starts again. */
    synchronized void forget(NodeId node) {
        failures.remove(node);
    }
}
