package io.odibi.cli;

import io.odibi.cli.progress.Detail;
import io.odibi.cli.progress.LiveProgress;
import io.odibi.cli.progress.Progress;
import io.odibi.cli.progress.ProgressJson;
import io.odibi.cli.progress.ProgressLines;
import io.odibi.cli.text.Terminal;
import io.odibi.core.Odibi;
import io.odibi.core.check.CheckedPlan;
import io.odibi.core.execution.NodeResult.Outcome;
import io.odibi.core.execution.RunEvent;
import io.odibi.core.execution.RunListener;
import io.odibi.core.plan.NodeId;
import io.odibi.core.run.Run;
import io.odibi.core.run.RunResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Carries out checked plans on the calling thread, shows them, and drains them at the first signal. */
final class Running {

    private final Surroundings surroundings;
    private final Progress progress;
    private final Duration grace;

    /** Runs with a way to show it and the time that a micro-batch in hand may take when a signal comes. */
    Running(Surroundings surroundings, Progress progress, Duration grace) {
        this.surroundings = surroundings;
        this.progress = progress;
        this.grace = grace;
    }

    /** Returns the way to show a run: drawn anew on a terminal, a line for each event elsewhere, or JSON. */
    static Progress progress(Surroundings surroundings, Format format, Detail detail) {
        Terminal terminal = surroundings.terminal();
        Clock clock = surroundings.clock();
        if (format == Format.JSON) {
            return new ProgressJson(terminal, detail, clock);
        }
        // Log messages would be written into the block.
        return terminal.screen() == Terminal.Screen.LIVE && detail == Detail.MESSAGE
                ? new LiveProgress(terminal, detail, clock)
                : new ProgressLines(terminal, detail, clock);
    }

    /** Runs a plan to its end and returns the exit code. */
    int run(Odibi odibi, CheckedPlan plan) throws InterruptedException {
        return run(odibi, plan, event -> {}, run -> {});
    }

    /**
     * Runs a plan to its end and returns the exit code.
     *
     * @param also is told what happens, too
     * @param begun is handed the run just before it starts, to drain it
     */
    int run(Odibi odibi, CheckedPlan plan, RunListener also, Consumer<Run> begun) throws InterruptedException {
        Instant began = surroundings.clock().instant();
        Run run = odibi.prepare(plan, event -> tell(event, also));
        RunResult result = surroundings.interruption().during(() -> drain(run), () -> {
            begun.accept(run);
            return run.await();
        });
        progress.ended(result, Duration.between(began, surroundings.clock().instant()));
        return exitCode(result);
    }

    private void tell(RunEvent event, RunListener also) {
        progress.on(event);
        also.on(event);
    }

    private void drain(Run run) {
        progress.draining(grace);
        try {
            if (!run.drain(grace) && !run.atWork().isEmpty()) {
                // The thread that carries the run out is held up in there.
                String left = run.atWork().stream().map(NodeId::toString).collect(Collectors.joining(", "));
                surroundings.terminal().fail("cannot stop " + Terminal.printable(left) + ": it is still being started");
                surroundings.interruption().giveUp();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private int exitCode(RunResult result) {
        if (!result.isWell()) {
            return ExitCode.FAILED;
        }
        if (!surroundings.interruption().isSignalled()) {
            return ExitCode.WELL;
        }
        boolean isClean = result.nodes().stream().noneMatch(node -> node.outcome() == Outcome.INTERRUPTED);
        return isClean ? ExitCode.INTERRUPTED : ExitCode.FAILED;
    }
}
