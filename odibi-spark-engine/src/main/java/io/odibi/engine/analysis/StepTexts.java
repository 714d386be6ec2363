package io.odibi.engine.analysis;

import io.odibi.core.describe.Step;
import io.odibi.core.text.Position;
import java.util.Optional;
import org.apache.spark.sql.catalyst.trees.Origin;

/**
 * Finds places inside the SQL of steps. Catalyst's operators know the text that they were parsed from; whichever of a step's settings
 * has that text is where they stand.
 */
final class StepTexts {

    private static final String FRAME = "{input}";

    /** What {@code sql} puts in the place of the frame's mark before it parses: a name of the same length, so that columns stay. */
    private static final String BOUND_FRAME = "`input`";

    private StepTexts() {}

    /** Returns where an operator of a step's SQL stands; empty if it does not come from a text of this step. */
    static Optional<Position> locate(Step step, Origin origin) {
        Optional<Integer> line = Origins.line(origin);
        Optional<String> parsed = Origins.text(origin);
        if (line.isEmpty() || parsed.isEmpty()) {
            return Optional.empty();
        }
        return step.settings().texts().stream()
                .filter(scalar -> isSame(scalar.text(), parsed.get()))
                .findFirst()
                .map(scalar -> scalar.origin().locate(line.get(), Origins.column(origin)));
    }

    static boolean isSame(String written, String parsed) {
        return written.equals(parsed) || written.replace(FRAME, BOUND_FRAME).equals(parsed);
    }
}
