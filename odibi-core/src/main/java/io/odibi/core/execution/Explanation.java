package io.odibi.core.execution;

import io.odibi.core.execution.Failure.Nature;
import java.util.Objects;

/**
 * What a person is told of a failure whose cause is known.
 *
 * @param words one line without a full stop, as what follows {@code cannot run node 'n':}, with the mend where there is one
 * @param nature whether another start may help
 */
public record Explanation(String words, Nature nature) {

    public Explanation {
        Objects.requireNonNull(words, "words");
        Objects.requireNonNull(nature, "nature");
    }
}
