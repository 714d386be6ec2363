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

    /** Tells on standard error what is bad about a node's end. */
    void failure(NodeResult result, Terminal terminal) {
        if (result.outcome() == NodeResult.Outcome.STUCK) {
            terminal.fail("cannot stop " + Terminal.printable(result.node().toString())
                    + ": it was interrupted and works on; what it has in hand is taken again at the next start");
        }
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
