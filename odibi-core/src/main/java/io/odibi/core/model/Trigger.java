package io.odibi.core.model;

import io.odibi.core.settings.Durations;
import java.time.Duration;

/** When a stream takes its next micro-batch. */
public sealed interface Trigger {

    /** Whether the stream ends by itself when it has caught up. */
    boolean ends();

    /**
     * A micro-batch each time an interval has gone by; one that takes longer is followed at once by the next.
     *
     * @param interval at least 0; 0 means as soon as the last has ended
     */
    record ProcessingTime(Duration interval) implements Trigger {
        public ProcessingTime {
            if (interval.isNegative()) {
                throw new IllegalArgumentException("interval is negative: " + interval);
            }
        }

        @Override
        public boolean ends() {
            return false;
        }

        @Override
        public String toString() {
            return "every " + Durations.format(interval);
        }
    }

    /** Everything that is there at the start, in as many micro-batches as the rate limits ask for, then the end. */
    record AvailableNow() implements Trigger {
        @Override
        public boolean ends() {
            return true;
        }

        @Override
        public String toString() {
            return "available now";
        }
    }
}
