package io.odibi.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.cli.text.Style;
import io.odibi.cli.text.Terminal;
import io.odibi.core.execution.Failure;
import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.NodeResult.Outcome;
import io.odibi.core.execution.QueryHandle;
import io.odibi.core.execution.QueryProgress;
import io.odibi.core.execution.RowCounts;
import io.odibi.core.execution.RunEvent;
import io.odibi.core.plan.NodeId;
import io.odibi.core.run.RunResult;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LiveProgressTest {

    private static final Instant NOW = Instant.parse("2026-11-22T21:00:00Z");
    private static final NodeId ORDERS = new NodeId("p", "orders");
    private static final NodeId CLICKS = new NodeId("p", "clicks");

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(written, true, StandardCharsets.UTF_8);
    private final LiveProgress progress = new LiveProgress(
            new Terminal(stream, stream, Style.PLAIN, Style.PLAIN, Terminal.Screen.LIVE),
            Detail.MESSAGE,
            Clock.fixed(NOW.plusSeconds(65), ZoneOffset.UTC));

    @Test
    void keepsALineForEachNode() {
        begin(ORDERS);
        begin(CLICKS);
        commit(ORDERS, 0, 1_000);
        commit(ORDERS, 1, 500);

        assertThat(screen())
                .containsExactly(
                        "  p.orders  batch 1      1,500 rows  250 rows/s  lag 7  watermark 20:55:00  1 min 5 s",
                        "  p.clicks  first batch                                 1 min 5 s");
    }

    @Test
    void putsAFailureAboveTheBlockAndLeavesTheSummary() {
        begin(ORDERS);
        commit(ORDERS, 0, 1_000);
        Failure failure = new Failure("the disk is full", new IllegalStateException());
        NodeResult result = new NodeResult(
                ORDERS,
                Outcome.FAILED,
                Optional.of(failure),
                Optional.empty(),
                RowCounts.unknown(),
                Optional.empty(),
                Duration.ofSeconds(12));
        progress.on(new RunEvent.NodeEnded(NOW, result));
        progress.draining(Duration.ofSeconds(30));
        progress.ended(new RunResult("run", List.of(result)), Duration.ofSeconds(13));

        assertThat(screen())
                .containsExactly(
                        "error: p.orders failed: the disk is full",
                        "node      outcome  rows in  rows out  time",
                        "p.orders  failed     1,000     1,000  12 s",
                        "failed after 13 s");
    }

    @Test
    void showsAsManyNodesAsThereIsRoomFor() {
        for (int i = 0; i < 20; i++) {
            begin(new NodeId("p", "n" + i));
        }

        assertThat(screen()).hasSize(16).last().isEqualTo("  and 5 nodes more");
    }

    private void begin(NodeId node) {
        progress.on(new RunEvent.NodeStarted(NOW, node));
        progress.on(new RunEvent.QueryStarted(NOW, node, query(node)));
    }

    private void commit(NodeId node, long batch, long rows) {
        RowCounts counts = new RowCounts(OptionalLong.of(rows), OptionalLong.of(rows));
        progress.on(new RunEvent.BatchCommitted(
                NOW,
                new QueryProgress(
                        node,
                        query(node),
                        batch,
                        NOW,
                        counts,
                        OptionalDouble.of(250),
                        Duration.ofSeconds(2),
                        Map.of(),
                        Optional.of(NOW.minusSeconds(300)),
                        OptionalLong.of(7),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        List.of(),
                        0)));
    }

    private static QueryHandle query(NodeId node) {
        return new QueryHandle("id", "run", node.toString());
    }

    /** What a terminal shows after all that was written. */
    private List<String> screen() {
        List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
        int row = 0;
        int column = 0;
        Matcher piece = Pattern.compile("\u001B\\[(\\??\\d*)([A-Za-z])|[\\s\\S]")
                .matcher(written.toString(StandardCharsets.UTF_8));
        while (piece.find()) {
            String command = piece.group(2);
            if (command == null) {
                char character = piece.group().charAt(0);
                if (character == '\n') {
                    row++;
                    column = 0;
                    if (row == lines.size()) {
                        lines.add(new StringBuilder());
                    }
                } else if (character == '\r') {
                    column = 0;
                } else {
                    StringBuilder line = lines.get(row);
                    line.setLength(Math.max(line.length(), column + 1));
                    line.setCharAt(column++, character);
                }
            } else if (command.equals("A")) {
                row -= Integer.parseInt(piece.group(1));
            } else if (command.equals("K")) {
                lines.get(row).setLength(column);
            } else if (command.equals("J")) {
                lines.get(row).setLength(column);
                lines.subList(row + 1, lines.size()).clear();
            }
        }
        return lines.stream()
                .map(StringBuilder::toString)
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
