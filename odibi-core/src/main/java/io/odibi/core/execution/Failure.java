package io.odibi.core.execution;

import java.util.Objects;

/**
 * Why a node ended badly.
 *
 * @param message one line for a person, without secrets, class names or plans
 * @param cause for {@code --debug} and for embedders; may hold secrets, so it is never printed otherwise
 */
public record Failure(String message, Throwable cause) {

    public Failure {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(cause, "cause");
    }

    /** The one line only: the cause may hold secrets. */
    @Override
    public String toString() {
        return message;
    }
}
