package io.odibi.transforms.sql;

import io.odibi.core.finding.Finding;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.Position;
import java.util.List;
import java.util.Set;

/**
 * A SQL text ready for the parser. Each <code>{input}</code> has become a quoted name of the same length, so that the parser's
 * places are places of the source.
 *
 * @param source the text as it was written
 * @param sql the text for the parser
 * @param frameMarks where <code>{input}</code> stood, in code points from 0 (the parser counts these)
 * @param faults what the parser need not see
 */
record SqlText(Scalar source, String sql, Set<Integer> frameMarks, List<Finding> faults) {

    /** The name that <code>{input}</code> has in the text: with its quotes as long as what it stands for. */
    static final String FRAME_NAME = "input";

    /** What stands for the current frame in a text. */
    static final String FRAME_PLACEHOLDER = "{input}";

    SqlText {
        frameMarks = Set.copyOf(frameMarks);
        faults = List.copyOf(faults);
    }

    /** Returns a text scanned. */
    static SqlText of(Scalar source) {
        return new SqlScanner(source).scan();
    }

    /**
     * Returns where a character of the text stands in its file.
     *
     * @param line from 1
     * @param column from 0, as the parser counts
     */
    Position at(int line, int column) {
        return source.origin().locate(line, column + 1);
    }

    /** Where the text starts. */
    Position start() {
        return at(1, 0);
    }
}
