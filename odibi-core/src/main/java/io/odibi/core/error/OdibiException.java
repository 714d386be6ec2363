package io.odibi.core.error;

/** The root of what Odibi throws; each kind says who has to act. Its message is one line for a person, without secrets. */
public abstract sealed class OdibiException extends RuntimeException
        permits ProjectException, ExternalException, InternalException {

    private static final long serialVersionUID = 1L;

    OdibiException(String message) {
        super(message);
    }

    OdibiException(String message, Throwable cause) {
        super(message, cause);
    }
}
