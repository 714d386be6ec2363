package io.odibi.core.text;

import java.util.Comparator;

/**
 * A place in a project's text.
 *
 * @param file the file as the user would name it, relative where possible
 * @param line counted from 1; 0 when the place is a whole file
 * @param column counted from 1; 0 when the place is a whole line or file
 */
public record Position(String file, int line, int column) implements Comparable<Position> {

    private static final Comparator<Position> ORDER = Comparator.comparing(Position::file)
            .thenComparingInt(Position::line)
            .thenComparingInt(Position::column);

    /** The place of what was never written: a value made in code, or a default. */
    public static final Position NONE = new Position("", 0, 0);

    /** Returns the place that stands for a whole file. */
    public static Position ofFile(String file) {
        return new Position(file, 0, 0);
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }

    /** {@code file:line:column}, the form that editors jump to. */
    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
