package io.odibi.cli.progress;

import io.odibi.cli.text.Amounts;
import io.odibi.cli.text.Terminal;
import io.odibi.core.execution.RunEvent;

/** A restart that is to come, for a person. */
final class Restart {

    private Restart() {}

    /** {@code failed: cannot reach Kafka at broker:9092; started again in 5.2 s (attempt 1)}. */
    static String words(RunEvent.RestartPlanned planned) {
        return "failed: " + Terminal.printable(planned.failure().message()) + "; started again in "
                + Amounts.time(planned.delay()) + " (attempt " + planned.attempt() + ")";
    }
}
