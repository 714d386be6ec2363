package io.odibi.core.text;

/**
 * Where the characters of a text stand in its file, so that a fault inside the text (a wrong column in SQL) is told at its own
 * line and column.
 *
 * @param start where the text's first character stands
 * @param layout how its later lines stand
 */
public record TextOrigin(Position start, Layout layout) {

    /** How the lines of a text map to lines of its file. */
    public enum Layout {
        /** The text is one line of the file, character by character. */
        LINE,
        /** Each line of the text is a line of the file, indented like the first. */
        BLOCK,
        /** The lines were folded, escaped or filled in: only the start is known. */
        UNKNOWN
    }

    /** Returns the origin of a text of which only the start is known. */
    public static TextOrigin at(Position start) {
        return new TextOrigin(start, Layout.UNKNOWN);
    }

    /**
     * Returns where a character of the text stands.
     *
     * @param line the character's line within the text, from 1
     * @param column the character's column within that line, from 1
     */
    public Position locate(int line, int column) {
        return switch (layout) {
            case LINE -> line == 1 ? shift(0, column - 1) : start;
            case BLOCK -> shift(line - 1, column - 1);
            case UNKNOWN -> start;
        };
    }

    private Position shift(int lines, int columns) {
        return new Position(start.file(), start.line() + lines, start.column() + columns);
    }
}
