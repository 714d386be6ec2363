package io.odibi.core.execution;

import java.util.Objects;
import java.util.Optional;

/**
 * Why a node ended badly.
 *
 * @param message one line for a person, without secrets, class names or plans
 * @param cause for {@code --debug} and for embedders; may hold secrets, so it is never printed otherwise
 * @param nature whether another start may help
 * @param batch the micro-batch in hand; empty in batch, and where a stream failed before it had one
 */
public record Failure(String message, Throwable cause, Nature nature, Optional<FailedBatch> batch) {

    /** Whether another start may help. */
    public enum Nature {
        /** The cause goes by: a network, a timeout, a machine, another writer at the same moment. */
        PASSING,
        /** The cause stays until somebody mends it: a column, a password, a checkpoint. */
        LASTING,
        /** Nobody knows: another start is tried, but not for the same micro-batch again and again. */
        UNKNOWN
    }

    /**
     * A micro-batch that did not commit.
     *
     * @param number its number, the same at each start until it commits
     * @param offsets from where to where it reads, as the sources write it
     */
    public record FailedBatch(long number, String offsets) {}

    public Failure {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(nature, "nature");
    }

    /** Makes a failure that stays until somebody mends its cause, of no micro-batch. */
    public Failure(String message, Throwable cause) {
        this(message, cause, Nature.LASTING, Optional.empty());
    }

    /** Returns this failure with more words after its own. */
    public Failure because(String words) {
        return new Failure(message + "; " + words, cause, nature, batch);
    }

    /** The one line only: the cause may hold secrets. */
    @Override
    public String toString() {
        return message;
    }
}
