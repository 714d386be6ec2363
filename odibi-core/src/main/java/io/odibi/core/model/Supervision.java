package io.odibi.core.model;

import java.util.Objects;

/**
 * How a stream is looked after.
 *
 * @param restart when it is started again after a failure
 * @param unhealthyFactor how many of its triggers may go by without a sign of it until it counts as unhealthy; 1 at least
 */
public record Supervision(RestartPolicy restart, int unhealthyFactor) {

    private static final Supervision BY_DEFAULT = new Supervision(RestartPolicy.byDefault(), 3);

    public Supervision {
        Objects.requireNonNull(restart, "restart");
        if (unhealthyFactor < 1) {
            throw new IllegalArgumentException("unhealthyFactor is " + unhealthyFactor);
        }
    }

    /** Returns what a stream gets that does not say. */
    public static Supervision byDefault() {
        return BY_DEFAULT;
    }
}
