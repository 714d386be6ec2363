package io.odibi.cli.text;

import java.util.ArrayList;
import java.util.List;

/** A table of text whose columns line up. Measured in characters, so ANSI codes do not belong in it. */
public final class Rows {

    /** How a column is filled. */
    public enum Align {
        /** For words. */
        LEFT,
        /** For numbers. */
        RIGHT
    }

    private final List<Align> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /** Begins a table with these columns. */
    public Rows(Align... columns) {
        this.columns = List.of(columns);
    }

    /** Adds a row with a cell for each column. */
    public Rows add(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        rows.add(List.of(cells));
        return this;
    }

    /** Returns the rows as lines, two blanks between columns, none at the end of a line. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns.size(); column++) {
                String cell = row.get(column);
                String fill = " ".repeat(width(column) - length(cell));
                line.append(columns.get(column) == Align.RIGHT ? fill + cell : cell + fill)
                        .append("  ");
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
