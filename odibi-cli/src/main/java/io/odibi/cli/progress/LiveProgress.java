package io.odibi.cli.progress;

import io.odibi.cli.text.Amounts;
import io.odibi.cli.text.Rows;
import io.odibi.cli.text.Rows.Align;
import io.odibi.cli.text.Style.Look;
import io.odibi.cli.text.Terminal;
import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.QueryProgress;
import io.odibi.core.execution.RunEvent;
import io.odibi.core.plan.NodeId;
import io.odibi.core.run.RunResult;
import io.odibi.core.settings.Durations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Timer;
import java.util.TimerTask;
import org.jspecify.annotations.Nullable;

/**
 * A line for each node at the bottom of the terminal, drawn anew as things happen. It is written in one go and over itself, so that
 * nothing flickers; while it is drawn the terminal is told not to wrap lines, so that a narrow one cuts them.
 */
public final class LiveProgress implements Progress {

    private static final String ESCAPE = "\u001B[";
    private static final String NO_WRAP = ESCAPE + "?7l";
    private static final String WRAP = ESCAPE + "?7h";
    private static final String HIDE_CURSOR = ESCAPE + "?25l";
    private static final String SHOW_CURSOR = ESCAPE + "?25h";
    private static final String TO_LINE_END = ESCAPE + "K";
    private static final String TO_SCREEN_END = ESCAPE + "J";
    private static final int MOST_LINES = 15;
    private static final long REDRAW_MILLIS = 250;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    /** What is known of a node. */
    private static final class NodeState {
        private final Instant began;
        private @Nullable QueryProgress last;
        private @Nullable NodeResult result;
        private boolean isStreaming;
        private boolean isRestarting;

        private NodeState(Instant began) {
            this.began = began;
        }
    }

    private final Terminal terminal;
    private final Detail detail;
    private final Clock clock;
    private final Timer timer = new Timer("odibi-progress", true);
    private final Totals totals = new Totals();
    private final Map<NodeId, NodeState> nodes = new LinkedHashMap<>();
    private Optional<String> notice = Optional.empty();
    private int drawn;
    private boolean hasEnded;

    /** Shows runs on a terminal that obeys cursor movements. */
    public LiveProgress(Terminal terminal, Detail detail, Clock clock) {
        this.terminal = terminal;
        this.detail = detail;
        this.clock = clock;
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        draw();
                    }
                },
                REDRAW_MILLIS,
                REDRAW_MILLIS);
    }

    @Override
    public synchronized void on(RunEvent event) {
        NodeState node = nodes.computeIfAbsent(event.node(), id -> new NodeState(event.at()));
        if (event instanceof RunEvent.QueryStarted) {
            node.isStreaming = true;
            node.isRestarting = false;
        } else if (event instanceof RunEvent.RestartPlanned planned) {
            node.isRestarting = true;
            erase();
            terminal.note(id(event) + " " + Restart.words(planned));
            detail.trace(planned.failure(), terminal);
        } else if (event instanceof RunEvent.RestartAsked) {
            node.isRestarting = true;
            node.result = null;
        } else if (event instanceof RunEvent.NodeStuck) {
            erase();
            terminal.note(id(event) + " " + ProgressLines.STUCK);
        } else if (event instanceof RunEvent.BatchCommitted committed) {
            node.last = committed.progress();
            totals.add(committed.progress());
        } else if (event instanceof RunEvent.NodeEnded ended) {
            node.result = ended.result();
            if (ended.result().failure().isPresent() || ended.result().outcome() == NodeResult.Outcome.STUCK) {
                erase();
                detail.failure(ended.result(), terminal);
                terminal.err().flush();
            }
        }
        draw();
    }

    @Override
    public synchronized void draining(Duration grace) {
        notice = Optional.of("draining: the micro-batches in hand commit, then the run ends (" + Durations.format(grace)
                + " at most; once more to stop at once)");
        draw();
    }

    @Override
    public synchronized void ended(RunResult result, Duration elapsed) {
        timer.cancel();
        hasEnded = true;
        erase();
        Summary.table(result, totals, elapsed, terminal.style()).forEach(terminal::say);
    }

    private static String id(RunEvent event) {
        return Terminal.printable(event.node().toString());
    }

    private synchronized void draw() {
        if (hasEnded) {
            return;
        }
        List<String> lines = block();
        StringBuilder frame = new StringBuilder(HIDE_CURSOR + NO_WRAP);
        frame.append(drawn > 0 ? "\r" + ESCAPE + drawn + "A" : "\r");
        lines.forEach(line -> frame.append(line).append(TO_LINE_END).append('\n'));
        frame.append(TO_SCREEN_END).append(WRAP).append(SHOW_CURSOR);
        drawn = lines.size();
        terminal.out().print(frame);
        terminal.out().flush();
    }

    private void erase() {
        if (drawn > 0) {
            terminal.out().print("\r" + ESCAPE + drawn + "A" + TO_SCREEN_END);
            terminal.out().flush();
            drawn = 0;
        }
    }

    private List<String> block() {
        Rows rows = new Rows(Align.LEFT, Align.LEFT, Align.RIGHT, Align.RIGHT, Align.RIGHT, Align.LEFT);
        // Those that still work matter most when there is not room for all.
        List<NodeId> shown = new ArrayList<>();
        nodes.forEach((id, node) -> {
            if (node.result == null) {
                shown.add(id);
            }
        });
        nodes.keySet().stream().filter(id -> !shown.contains(id)).forEach(shown::add);
        shown.stream().limit(MOST_LINES).forEach(id -> {
            NodeState node = nodes.get(id);
            if (node != null) {
                row(rows, id, node);
            }
        });
        List<String> lines = new ArrayList<>();
        rows.lines().forEach(line -> lines.add("  " + line));
        if (shown.size() > MOST_LINES) {
            lines.add("  and " + Amounts.count(shown.size() - MOST_LINES, "node") + " more");
        }
        notice.ifPresent(text -> lines.add(terminal.style().paint(Look.CAREFUL, text)));
        return lines;
    }

    private void row(Rows rows, NodeId id, NodeState node) {
        String name = Terminal.printable(id.toString());
        OptionalLong in = totals.of(id).in();
        NodeResult result = node.result;
        QueryProgress last = node.last;
        if (result != null) {
            OptionalLong all = totals.of(result).in();
            rows.add(name, Summary.word(result.outcome()), rows(all), "", "", Amounts.time(result.elapsed()));
        } else if (node.isRestarting) {
            rows.add(name, "restarting", rows(in), "", "", age(node));
        } else if (last != null) {
            String rate = last.rowsPerSecond().isPresent()
                    ? Amounts.number(Math.round(last.rowsPerSecond().getAsDouble())) + " rows/s"
                    : "idle";
            rows.add(name, "batch " + last.batch(), rows(in), rate, lag(last), rest(last, node));
        } else {
            rows.add(name, node.isStreaming ? "first batch" : "working", "", "", "", age(node));
        }
    }

    private static String rows(OptionalLong count) {
        return count.isPresent() ? Amounts.count(count.getAsLong(), "row") : "";
    }

    private static String lag(QueryProgress last) {
        return last.lag().isPresent() ? "lag " + Amounts.number(last.lag()) : "";
    }

    private String rest(QueryProgress last, NodeState node) {
        String watermark = last.watermark()
                .map(time -> "watermark " + TIME.format(time) + "  ")
                .orElse("");
        return watermark + age(node);
    }

    private String age(NodeState node) {
        Duration age = Duration.between(node.began, clock.instant());
        return Amounts.time(Duration.ofSeconds(Math.max(0, age.toSeconds())))
                .replace("0 ms", "0 s")
                .replace(".0", "");
    }
}
