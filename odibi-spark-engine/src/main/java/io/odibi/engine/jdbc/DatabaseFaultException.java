package io.odibi.engine.jdbc;

/** Carries what a database or its driver threw to those who tell it. */
final class DatabaseFaultException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DatabaseFaultException(Exception cause) {
        super(cause);
    }
}
