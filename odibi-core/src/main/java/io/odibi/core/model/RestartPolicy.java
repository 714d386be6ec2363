package io.odibi.core.model;

import io.odibi.core.settings.Durations;
import java.time.Duration;

/**
 * How often and how soon a stream that failed is started again.
 *
 * @param maxAttempts starts after a failure within {@code window} at most; 0 for never
 * @param window the time over which attempts are counted
 * @param backoff the wait before the first attempt; each failure without a committed micro-batch in between doubles it
 * @param maxBackoff the longest wait
 */
public record RestartPolicy(int maxAttempts, Duration window, Duration backoff, Duration maxBackoff) {

    private static final RestartPolicy BY_DEFAULT =
            new RestartPolicy(10, Duration.ofHours(1), Duration.ofSeconds(5), Duration.ofMinutes(2));

    public RestartPolicy {
        if (maxAttempts < 0 || window.isNegative() || backoff.isNegative() || maxBackoff.compareTo(backoff) < 0) {
            throw new IllegalArgumentException("no policy: " + maxAttempts + " attempts in " + window + ", waiting "
                    + backoff + " to " + maxBackoff);
        }
    }

    /** Returns what a stream gets that does not say: ten attempts in an hour, after 5 seconds, 10, 20 and so on up to two minutes. */
    public static RestartPolicy byDefault() {
        return BY_DEFAULT;
    }

    /** Returns the policy of a stream that is never started again. */
    public static RestartPolicy never() {
        return new RestartPolicy(0, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    @Override
    public String toString() {
        return maxAttempts == 0
                ? "never"
                : "at most " + maxAttempts + " times in " + Durations.format(window) + ", after "
                        + Durations.format(backoff) + " and up to " + Durations.format(maxBackoff);
    }
}
