package io.odibi.cli.progress;

import io.odibi.cli.text.Amounts;
import io.odibi.cli.text.Rows;
import io.odibi.cli.text.Rows.Align;
import io.odibi.cli.text.Style;
import io.odibi.cli.text.Style.Look;
import io.odibi.cli.text.Terminal;
import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.NodeResult.Outcome;
import io.odibi.core.execution.RowCounts;
import io.odibi.core.run.RunResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How a run ended, for a person. */
final class Summary {

    private Summary() {}

    /** One line for each node, lined up, under a heading. */
    static List<String> table(RunResult result, Totals totals, Duration elapsed, Style style) {
        Rows rows = new Rows(Align.LEFT, Align.LEFT, Align.RIGHT, Align.RIGHT, Align.RIGHT);
        rows.add("node", "outcome", "rows in", "rows out", "time");
        for (NodeResult node : result.nodes()) {
            RowCounts counts = totals.of(node);
            rows.add(
                    Terminal.printable(node.node().toString()),
                    word(node.outcome()),
                    Amounts.number(counts.in()),
                    Amounts.number(counts.out()),
                    node.outcome() == Outcome.SKIPPED ? "-" : Amounts.time(node.elapsed()));
        }
        List<String> lines = new ArrayList<>(rows.lines());
        lines.set(0, style.paint(Look.FAINT, lines.get(0)));
        for (int i = 0; i < result.nodes().size(); i++) {
            Outcome outcome = result.nodes().get(i).outcome();
            String line = lines.get(i + 1);
            lines.set(i + 1, line.replaceFirst(" " + word(outcome), " " + style.paint(look(outcome), word(outcome))));
        }
        lines.add(end(result, style) + " after " + Amounts.time(elapsed));
        return lines;
    }

    private static String end(RunResult result, Style style) {
        if (!result.isWell()) {
            return style.paint(Look.BAD, "failed");
        }
        boolean isCut = result.nodes().stream().anyMatch(node -> node.outcome() == Outcome.INTERRUPTED);
        boolean isStopped = result.nodes().stream().anyMatch(node -> node.outcome() == Outcome.STOPPED);
        return isCut
                ? style.paint(Look.CAREFUL, "interrupted")
                : style.paint(Look.GOOD, isStopped ? "stopped" : "all well");
    }

    /** The word for an outcome. */
    static String word(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    /** The fault behind a failure, for {@code --debug}. */
    static String trace(Throwable cause) {
        StringWriter text = new StringWriter();
        cause.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    private static Look look(Outcome outcome) {
        return switch (outcome) {
            case SUCCEEDED, STOPPED -> Look.GOOD;
            case INTERRUPTED, SKIPPED -> Look.CAREFUL;
            case FAILED, STUCK -> Look.BAD;
        };
    }
}
