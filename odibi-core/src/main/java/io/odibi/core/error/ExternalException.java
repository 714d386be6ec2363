package io.odibi.core.error;

/** Something outside does not do its part: a system, a disk, the network, what is installed. */
public final class ExternalException extends OdibiException {

    private static final long serialVersionUID = 1L;

    /** Makes the exception: {@code cannot <verb> <thing>: <reason>}. */
    public ExternalException(String message) {
        super(message);
    }

    /** Makes the exception with its cause. */
    public ExternalException(String message, Throwable cause) {
        super(message, cause);
    }
}
