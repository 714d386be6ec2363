package io.odibi.cli.demo;

import java.util.List;

/**
 * The broker or the feed cannot do what was asked. The message is one line for a person; {@link #logTail()} has the end of
 * the broker's log where there is one.
 */
public final class DemoException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> logTail;

    /** Makes the exception: {@code cannot <verb> <thing>: <reason>}. */
    public DemoException(String message) {
        this(message, List.of());
    }

    DemoException(String message, List<String> logTail) {
        super(message);
        this.logTail = List.copyOf(logTail);
    }

    /** Makes the exception with its cause. */
    public DemoException(String message, Throwable cause) {
        super(message, cause);
        this.logTail = List.of();
    }

    /** The last lines of the broker's log, oldest first; empty where the log has nothing to add. */
    public List<String> logTail() {
        return logTail;
    }
}
