package io.odibi.core.error;

/** A fault of Odibi or of a plugin, to be reported to its authors. */
public final class InternalException extends OdibiException {

    private static final long serialVersionUID = 1L;

    /** Makes the exception: {@code cannot <verb> <thing>: <reason>}. */
    public InternalException(String message) {
        super(message);
    }

    /** Makes the exception: {@code cannot <verb> <thing>: <reason>}. */
    public InternalException(String message, Throwable cause) {
        super(message, cause);
    }
}
