package io.odibi.engine.failure;

/** As a cause: says that another start would meet the same fault, such as a table with other columns than the project declares. */
public final class LastingFaultException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Makes the exception with what is told of it. */
    public LastingFaultException(String message) {
        super(message);
    }
}
