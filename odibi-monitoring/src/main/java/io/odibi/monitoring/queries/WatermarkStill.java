package io.odibi.monitoring.queries;

import io.odibi.core.execution.QueryProgress;
import io.odibi.core.model.Trigger;
import io.odibi.core.plan.StreamingPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Notices that a watermark stands still although rows come. Spark says nothing of it: of several sources one that is silent holds the
 * watermark of all, so nothing is written and state grows. Guarded by its owner.
 */
final class WatermarkStill {

    private static final Duration LEAST_PATIENCE = Duration.ofMinutes(5);
    private static final int PATIENCE_TRIGGERS = 10;

    private final boolean isExpected;
    private final Duration patience;
    private Optional<Instant> value = Optional.empty();
    private Optional<Instant> still = Optional.empty();
    private Optional<Instant> lastRows = Optional.empty();

    WatermarkStill(StreamingPlan streaming) {
        isExpected = !streaming.watermarks().isEmpty();
        Duration some = streaming.trigger() instanceof Trigger.ProcessingTime every
                ? every.interval().multipliedBy(PATIENCE_TRIGGERS)
                : Duration.ZERO;
        patience = some.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : some;
    }

    void add(Instant at, QueryProgress progress) {
        if (!progress.watermark().equals(value)) {
            value = progress.watermark();
            still = Optional.empty();
            lastRows = Optional.empty();
        }
        if (progress.rows().in().orElse(0) > 0) {
            still = still.or(() -> Optional.of(at));
            lastRows = Optional.of(at);
        }
    }

    /** Since when; empty while it moves, where no row came for it to move by, or for less time than that needs. */
    Optional<Instant> since() {
        return still.filter(first -> isExpected
                && lastRows.filter(last -> Duration.between(first, last).compareTo(patience) >= 0)
                        .isPresent());
    }
}
