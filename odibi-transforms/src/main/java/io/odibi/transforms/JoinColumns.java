package io.odibi.transforms;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.port.StepException;
import io.odibi.core.text.Located;
import io.odibi.core.text.Position;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * The columns of a join, by the names of its sides: a frame may be joined with itself, and then its columns cannot be told apart in
 * another way.
 */
record JoinColumns(Columns left, Columns right, List<Located<String>> keys, String prefix, JoinType type) {

    static final String LEFT = "left";
    static final String RIGHT = "right";

    /** Requires the keys on both sides. */
    void requireKeys(String dataset) {
        left.require(keys);
        StepFrame.each(keys, key -> ofRight(key, dataset));
    }

    private String ofRight(Located<String> name, String dataset) {
        return right.find(name.value())
                .orElseThrow(() -> new StepException(Finding.of(
                                FindingCode.SQL_UNKNOWN_COLUMN,
                                name.at(),
                                "'" + dataset + "' has no column '" + name.value() + "'")
                        .allow(String.join(", ", right.names()))
                        .suggest(name.value(), right.names())))
                .name();
    }

    /** That all keys are equal; empty without keys. */
    Optional<Column> keyCondition() {
        return keys.stream()
                .map(key -> side(LEFT, key.value()).equalTo(side(RIGHT, key.value())))
                .reduce(Column::and);
    }

    /** That the right time lies within the range around the left one. */
    Column inRange(TimeRange range) {
        Column earlier = side(LEFT, left.require(range.left()).name());
        Column later = side(RIGHT, right.require(range.right()).name());
        return later.geq(earlier.minus(functions.expr("INTERVAL " + range.beforeWords())))
                .and(later.leq(earlier.plus(functions.expr("INTERVAL " + range.afterWords()))));
    }

    /**
     * What comes out.
     *
     * @param at where to tell that a name would come twice
     */
    Column[] selected(Position at) {
        List<Column> selected = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (String name : left.names()) {
            taken.add(left.fold(name));
            selected.add(isKey(name) ? key(name) : side(LEFT, name));
        }
        for (String name : type.isLeftOnly() ? List.<String>of() : right.names()) {
            if (!isKey(name)) {
                String own = left.find(name).isPresent() ? prefix + "_" + name : name;
                if (!taken.add(left.fold(own))) {
                    throw twice(own, at);
                }
                selected.add(side(RIGHT, name).as(own));
            }
        }
        return selected.toArray(Column[]::new);
    }

    /** The side that has the key in every row; a full join has it on either. */
    private Column key(String name) {
        return switch (type) {
            case RIGHT -> side(RIGHT, name).as(name);
            case FULL -> functions.coalesce(side(LEFT, name), side(RIGHT, name)).as(name);
            default -> side(LEFT, name);
        };
    }

    private boolean isKey(String name) {
        return keys.stream().anyMatch(key -> left.same(key.value(), name));
    }

    private static Column side(String side, String name) {
        return functions.col(side + "." + Columns.quoted(name));
    }

    private static StepException twice(String name, Position at) {
        return new StepException(
                Finding.of(FindingCode.SQL_ANALYSIS, at, "two columns of the join would be called '" + name + "'")
                        .fix("set another 'prefix'"));
    }
}
