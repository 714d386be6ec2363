package io.odibi.cli.text;

import java.util.Map;

/** Colours, where they are wanted. */
public enum Style {
    /** Text as it is. */
    PLAIN,
    /** ANSI colours. */
    COLOUR;

    private static final char ESCAPE = '\u001B';

    /** What a text is, as far as its looks go. */
    public enum Look {
        /** A heading or a name. */
        STRONG(1),
        /** Of less weight. */
        FAINT(2),
        /** A failure. */
        BAD(31),
        /** All well. */
        GOOD(32),
        /** A warning. */
        CAREFUL(33),
        /** What to type or to look at. */
        ACCENT(36);

        private final int code;

        Look(int code) {
            this.code = code;
        }
    }

    /**
     * Returns the style for a stream.
     *
     * @param isTerminal whether it goes to a terminal
     * @param environment environment variables: {@code NO_COLOR} of any content and {@code TERM=dumb} turn colours off
     */
    public static Style of(boolean isTerminal, Map<String, String> environment) {
        boolean isRefused = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || "dumb".equals(environment.getOrDefault("TERM", ""));
        return isTerminal && !isRefused ? COLOUR : PLAIN;
    }

    /** Returns {@code text} with a look. */
    public String paint(Look look, String text) {
        return this == PLAIN || text.isEmpty() ? text : ESCAPE + "[" + look.code + "m" + text + ESCAPE + "[0m";
    }
}
