package io.odibi.cli.progress;

import io.odibi.core.execution.RunListener;
import io.odibi.core.run.RunResult;
import java.time.Duration;

/** Shows a run. Safe for use by several threads. */
public interface Progress extends RunListener {

    /** Says that the run was asked to end, and ends after the micro-batches in hand, or when the grace period is over. */
    void draining(Duration grace);

    /**
     * Shows how the run ended; nothing is shown after that.
     *
     * @param elapsed how long all of it took
     */
    void ended(RunResult result, Duration elapsed);
}
