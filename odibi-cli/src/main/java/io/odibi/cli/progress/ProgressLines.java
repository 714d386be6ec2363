package io.odibi.cli.progress;

import io.odibi.cli.text.Amounts;
import io.odibi.cli.text.Terminal;
import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.QueryProgress;
import io.odibi.core.execution.RowCounts;
import io.odibi.core.execution.RunEvent;
import io.odibi.core.run.RunResult;
import io.odibi.core.settings.Durations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** A line for each event, with its time: for logs and pipes. */
public final class ProgressLines implements Progress {

    /** What is said of a node that cannot be stopped. */
    static final String STUCK = "is stuck: it was interrupted and works on";

    private final Terminal terminal;
    private final Detail detail;
    private final Clock clock;
    private final Totals totals = new Totals();

    /** Shows runs on a terminal. */
    public ProgressLines(Terminal terminal, Detail detail, Clock clock) {
        this.terminal = terminal;
        this.detail = detail;
        this.clock = clock;
    }

    @Override
    public synchronized void on(RunEvent event) {
        String node = Terminal.printable(event.node().toString());
        if (event instanceof RunEvent.NodeStarted) {
            say(event.at(), node + " started");
        } else if (event instanceof RunEvent.QueryStarted query) {
            say(event.at(), node + " streams as query " + query.query().id());
        } else if (event instanceof RunEvent.BatchCommitted committed) {
            totals.add(committed.progress());
            say(event.at(), node + " " + words(committed.progress()));
        } else if (event instanceof RunEvent.RestartPlanned planned) {
            say(event.at(), node + " " + Restart.words(planned));
            detail.trace(planned.failure(), terminal);
        } else if (event instanceof RunEvent.RestartAsked) {
            say(event.at(), node + " is started again, as asked");
        } else if (event instanceof RunEvent.NodeStuck) {
            say(event.at(), node + " " + STUCK);
        } else if (event instanceof RunEvent.NodeEnded ended) {
            say(event.at(), node + " " + words(ended.result()));
            detail.failure(ended.result(), terminal);
        }
    }

    @Override
    public synchronized void draining(Duration grace) {
        say(
                clock.instant(),
                "draining: the micro-batches in hand commit, then the run ends (" + Durations.format(grace)
                        + " at most; once more to stop at once)");
    }

    @Override
    public synchronized void ended(RunResult result, Duration elapsed) {
        terminal.say("");
        Summary.table(result, totals, elapsed, terminal.style()).forEach(terminal::say);
    }

    /** {@code batch 3: 1,200 rows in 1.2 s (1,000 rows/s), lag 300}. */
    private static String words(QueryProgress progress) {
        StringBuilder words = new StringBuilder("batch " + progress.batch() + ":");
        if (progress.rows().in().isPresent()) {
            words.append(' ').append(Amounts.count(progress.rows().in().getAsLong(), "row"));
        }
        words.append(" in ").append(Amounts.time(progress.duration()));
        progress.rowsPerSecond()
                .ifPresent(rate -> words.append(String.format(Locale.ROOT, " (%,d rows/s)", Math.round(rate))));
        progress.lag().ifPresent(lag -> words.append(", lag ").append(Amounts.number(lag)));
        progress.watermark().ifPresent(time -> words.append(", watermark ").append(time));
        progress.state().ifPresent(state -> words.append(", state ").append(Amounts.count(state, "row")));
        if (progress.lateRows() > 0) {
            words.append(", ")
                    .append(Amounts.count(progress.lateRows(), "late row"))
                    .append(" dropped");
        }
        return words.toString();
    }

    private String words(NodeResult result) {
        RowCounts counts = totals.of(result);
        StringBuilder words = new StringBuilder(Summary.word(result.outcome()));
        counts.in()
                .ifPresent(in ->
                        words.append(", ").append(Amounts.count(in, "row")).append(" in"));
        counts.out()
                .ifPresent(out ->
                        words.append(", ").append(Amounts.count(out, "row")).append(" out"));
        if (result.outcome() != NodeResult.Outcome.SKIPPED) {
            words.append(", ").append(Amounts.time(result.elapsed()));
        }
        return words.toString();
    }

    private void say(Instant at, String line) {
        terminal.say(at.truncatedTo(ChronoUnit.SECONDS) + " " + line);
    }
}
