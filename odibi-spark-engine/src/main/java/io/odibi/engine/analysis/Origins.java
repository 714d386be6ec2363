package io.odibi.engine.analysis;

import java.util.Optional;
import org.apache.spark.sql.catalyst.trees.Origin;
import scala.Option;

/** What Catalyst knows of the text that an operator or expression was made from. */
final class Origins {

    /** The origin of what was not made from text. */
    static final Origin NOWHERE = new Origin(
            Option.empty(),
            Option.empty(),
            Option.empty(),
            Option.empty(),
            Option.empty(),
            Option.empty(),
            Option.empty());

    private Origins() {}

    /** The whole text that was parsed. */
    static Optional<String> text(Origin origin) {
        return origin.sqlText().isDefined() ? Optional.of(origin.sqlText().get()) : Optional.empty();
    }

    /** The line in that text, from 1. */
    static Optional<Integer> line(Origin origin) {
        return origin.line().isDefined() ? Optional.of((Integer) origin.line().get()) : Optional.empty();
    }

    /** The column in that line, from 1. */
    static int column(Origin origin) {
        return origin.startPosition().isDefined()
                ? (Integer) origin.startPosition().get() + 1
                : 1;
    }

    /** The part of the text that the operator or expression was made from. */
    static Optional<String> written(Origin origin) {
        if (origin.startIndex().isEmpty() || origin.stopIndex().isEmpty()) {
            return Optional.empty();
        }
        int start = (Integer) origin.startIndex().get();
        int stop = (Integer) origin.stopIndex().get() + 1;
        return text(origin)
                .filter(text -> start >= 0 && start < stop && stop <= text.length())
                .map(text -> text.substring(start, stop));
    }
}
