package io.odibi.transforms.sql;

import io.odibi.core.text.Position;
import io.odibi.transforms.Steps;
import java.util.ArrayList;
import java.util.List;

/**
 * A SQL text with its faults marked by {@code ¦}.
 *
 * @param sql the text without the marks
 * @param places where the marks stood, as text of a block
 */
record Marked(String sql, List<Position> places) {

    static Marked of(String marked) {
        List<Position> places = new ArrayList<>();
        StringBuilder sql = new StringBuilder();
        int line = Steps.BLOCK.line();
        int column = Steps.BLOCK.column();
        for (int i = 0; i < marked.length(); i++) {
            char c = marked.charAt(i);
            if (c == '¦') {
                places.add(new Position(Steps.BLOCK.file(), line, column));
            } else {
                sql.append(c);
                column = c == '\n' ? Steps.BLOCK.column() : column + 1;
                line += c == '\n' ? 1 : 0;
            }
        }
        return new Marked(sql.toString(), places);
    }
}
