package io.odibi.cli;

import io.odibi.cli.progress.Progress;
import io.odibi.core.execution.RunEvent;
import io.odibi.core.run.RunResult;
import io.odibi.monitoring.RunMonitor;
import java.time.Duration;

/** Tells the run's monitor what is shown to the user. */
record WatchedProgress(Progress shown, RunMonitor monitor) implements Progress {

    @Override
    public void on(RunEvent event) {
        monitor.on(event);
        shown.on(event);
    }

    @Override
    public void draining(Duration grace) {
        monitor.draining();
        shown.draining(grace);
    }

    @Override
    public void ended(RunResult result, Duration elapsed) {
        shown.ended(result, elapsed);
    }
}
