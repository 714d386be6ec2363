package io.odibi.cli.text;

import io.odibi.cli.text.Style.Look;
import java.io.PrintStream;
import java.util.Map;

/**
 * Standard output and standard error, and how each may look. Results go to {@link #out}, what went wrong and what is being done to
 * {@link #err}. Safe for use by several threads.
 */
public final class Terminal {

    private final PrintStream out;
    private final PrintStream err;
    private final Style outStyle;
    private final Style errStyle;
    private final Screen screen;

    /** Whether lines on the terminal can be drawn anew. */
    public enum Screen {
        /** Standard output is a terminal that obeys cursor movements. */
        LIVE,
        /** What is written stays. */
        PAPER
    }

    /** Makes a terminal of two streams. */
    public Terminal(PrintStream out, PrintStream err, Style outStyle, Style errStyle, Screen screen) {
        this.out = out;
        this.err = err;
        this.outStyle = outStyle;
        this.errStyle = errStyle;
        this.screen = screen;
    }

    /** Returns two streams that are no terminal; for tests and pipes. */
    public static Terminal plain(PrintStream out, PrintStream err) {
        return new Terminal(out, err, Style.PLAIN, Style.PLAIN, Screen.PAPER);
    }

    /**
     * Returns the terminal of this process.
     *
     * @param environment environment variables
     * @param known which of {@code out} and {@code err} are terminals, as the launcher found out; where nobody looked, none is
     */
    public static Terminal ofProcess(PrintStream out, PrintStream err, Map<String, String> environment, String known) {
        boolean outIsTerminal = known.contains("out");
        boolean errIsTerminal = known.contains("err");
        boolean isDumb = "dumb".equals(environment.getOrDefault("TERM", "dumb"));
        return new Terminal(
                out,
                err,
                Style.of(outIsTerminal, environment),
                Style.of(errIsTerminal, environment),
                outIsTerminal && !isDumb ? Screen.LIVE : Screen.PAPER);
    }

    /** Standard output. */
    public PrintStream out() {
        return out;
    }

    /** Standard error. */
    public PrintStream err() {
        return err;
    }

    /** How standard output may look. */
    public Style style() {
        return outStyle;
    }

    /** Whether lines can be drawn anew. */
    public Screen screen() {
        return screen;
    }

    /** Writes a line to standard output. */
    public void say(String line) {
        out.println(line);
    }

    /** Writes a line to standard error that says what went wrong. */
    public void fail(String line) {
        err.println(errStyle.paint(Look.BAD, "error: ") + printable(line));
    }

    /** Writes a line to standard error that says what is being done. */
    public void note(String line) {
        err.println(line);
    }

    /** How standard error may look. */
    public Style errStyle() {
        return errStyle;
    }

    /** Returns {@code text} as one line without control characters, which a terminal would obey. */
    public static String printable(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .forEach(character -> clean.appendCodePoint(
                        character == '\n' || character == '\t'
                                ? ' '
                                : Character.isISOControl(character) ? '\uFFFD' : character));
        return clean.toString();
    }
}
