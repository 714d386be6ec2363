package io.odibi.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.cli.text.Style.Look;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

    private final PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);

    @Test
    void coloursOnlyATerminal() {
        Map<String, String> xterm = Map.of("TERM", "xterm");
        assertThat(Terminal.ofProcess(nowhere, nowhere, xterm, "out").style()).isEqualTo(Style.COLOUR);
        assertThat(Terminal.ofProcess(nowhere, nowhere, xterm, "out").errStyle())
                .isEqualTo(Style.PLAIN);
        assertThat(Terminal.ofProcess(nowhere, nowhere, xterm, "").style()).isEqualTo(Style.PLAIN);
        assertThat(Terminal.ofProcess(nowhere, nowhere, xterm, "").screen()).isEqualTo(Terminal.Screen.PAPER);
    }

    @Test
    void keepsNoColor() {
        Map<String, String> refused = Map.of("TERM", "xterm", "NO_COLOR", "1");
        Terminal terminal = Terminal.ofProcess(nowhere, nowhere, refused, "out,err");

        assertThat(terminal.style()).isEqualTo(Style.PLAIN);
        assertThat(terminal.screen()).as("drawing anew is no colour").isEqualTo(Terminal.Screen.LIVE);
        assertThat(Style.PLAIN.paint(Look.BAD, "x")).isEqualTo("x");
        assertThat(Style.COLOUR.paint(Look.BAD, "x")).isEqualTo("\u001B[31mx\u001B[0m");
    }

    @Test
    void drawsNothingAnewOnADumbTerminal() {
        Terminal terminal = Terminal.ofProcess(nowhere, nowhere, Map.of("TERM", "dumb"), "out,err");

        assertThat(terminal.screen()).isEqualTo(Terminal.Screen.PAPER);
        assertThat(terminal.style()).isEqualTo(Style.PLAIN);
    }

    @Test
    void takesControlCharactersOutOfUserText() {
        assertThat(Terminal.printable("a\u001B[2Jb\nc")).isEqualTo("a\uFFFD[2Jb c");
    }

    @Test
    void saysTimesAndNumbersAsAPersonWould() {
        assertThat(Amounts.time(Duration.ofMillis(310))).isEqualTo("310 ms");
        assertThat(Amounts.time(Duration.ofMillis(1_234))).isEqualTo("1.2 s");
        assertThat(Amounts.time(Duration.ofSeconds(45))).isEqualTo("45 s");
        assertThat(Amounts.time(Duration.ofSeconds(200))).isEqualTo("3 min 20 s");
        assertThat(Amounts.time(Duration.ofMinutes(125))).isEqualTo("2 h 5 min");
        assertThat(Amounts.count(1, "row")).isEqualTo("1 row");
        assertThat(Amounts.count(1_200, "row")).isEqualTo("1,200 rows");
    }
}
