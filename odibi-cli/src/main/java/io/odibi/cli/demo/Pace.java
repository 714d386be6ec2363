package io.odibi.cli.demo;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Lets turns through at a bounded rate: evenly, and without making up for a pause by a burst. Used by one thread; another
 * may unpark it to have the end condition looked at.
 */
final class Pace {
    /** What a late wake-up may cost before the schedule moves: small against any pause, large against a timer's jitter. */
    static final long SLACK_NANOS = 100_000_000L;

    /** The clock of the pace and its way to wait; a test has its own. */
    interface Ticker {
        long nanoTime();

        /** Waits for at most that long; may return early. */
        void park(long nanos);
    }

    static final Ticker SYSTEM = new Ticker() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void park(long nanos) {
            LockSupport.parkNanos(this, nanos);
        }
    };

    private final Ticker ticker;
    private final double intervalNanos;
    private long origin;
    private long turns;

    Pace(double turnsPerSecond, Ticker ticker) {
        if (!(turnsPerSecond > 0)) {
            throw new IllegalArgumentException("turnsPerSecond is " + turnsPerSecond + "; it must be above 0");
        }
        this.ticker = ticker;
        this.intervalNanos = 1e9 / turnsPerSecond;
        this.origin = ticker.nanoTime();
    }

    /** Waits for the next turn; false if the end came first. */
    boolean awaitTurn(BooleanSupplier ended) {
        // Counted from the origin, so that the rounding of one interval does not add up.
        long due = origin + (long) (turns * intervalNanos);
        while (!ended.getAsBoolean()) {
            long early = due - ticker.nanoTime();
            if (early <= 0) {
                if (-early > SLACK_NANOS) {
                    origin = due - early;
                    turns = 0;
                }
                turns++;
                return true;
            }
            ticker.park(early);
        }
        return false;
    }
}
