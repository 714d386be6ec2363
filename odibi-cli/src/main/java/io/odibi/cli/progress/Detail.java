package io.odibi.cli.progress;

import io.odibi.cli.text.Terminal;
import io.odibi.core.execution.Failure;
import io.odibi.core.execution.NodeResult;

/** How much is told of a failure. */
public enum Detail {
    /** One line. */
    MESSAGE,
    /** The line, and the fault with its trace. */
    TRACE;

    /** Tells on standard error why a node failed, if it did. */
    void failure(NodeResult result, Terminal terminal) {
        result.failure().ifPresent(failure -> {
            terminal.fail(result.node() + " failed: " + failure.message());
            trace(failure, terminal);
        });
    }

    /** Tells the fault behind a failure on standard error, if that is asked for. */
    void trace(Failure failure, Terminal terminal) {
        if (this == TRACE) {
            terminal.note(Summary.trace(failure.cause()));
        }
    }
}
