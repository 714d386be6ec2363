package io.odibi.engine.analysis;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.plans.logical.EventTimeWatermark;
import org.apache.spark.sql.catalyst.plans.logical.EventTimeWatermark$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.types.TimestampType;

/**
 * Where the watermarks of a plan are and where they get lost. Spark keeps a watermark as metadata of its column: a rename carries it
 * along, every expression drops it without a word.
 */
final class Watermarks {

    private static final String DELAY = EventTimeWatermark$.MODULE$.delayKey();

    private Watermarks() {}

    static boolean marks(Expression expression) {
        return expression instanceof Attribute column && column.metadata().contains(DELAY);
    }

    static boolean isInOutput(LogicalPlan plan) {
        return Trees.list(plan.output()).stream().anyMatch(Watermarks::marks);
    }

    static boolean isSetBelow(LogicalPlan plan) {
        return !Trees.nodes(plan, EventTimeWatermark.class).isEmpty();
    }

    /** Why no column with a watermark reaches an operator. */
    enum Absence {
        /** None is set below. */
        NOT_SET,
        /** It reaches the operator, which does not use it. */
        NOT_USED,
        /** An expression or a union took it away. */
        LOST,
        /** The column was left out on the way. */
        DROPPED
    }

    /**
     * Why no column with a watermark is where one is needed.
     *
     * @param absence what happened to it
     * @param why the same for a person; empty where none is set
     */
    record Missing(Absence absence, Optional<String> why) {}

    /** Returns why no column with a watermark is where one is needed, above {@code below}. */
    static Missing missing(LogicalPlan below) {
        List<String> set = Trees.nodes(below, EventTimeWatermark.class).stream()
                .map(node -> node.eventTime().name())
                .distinct()
                .toList();
        if (set.isEmpty()) {
            return new Missing(Absence.NOT_SET, Optional.empty());
        }
        String watermark = "the watermark on '" + String.join("', '", set) + "' ";
        if (isInOutput(below)) {
            return new Missing(Absence.NOT_USED, Optional.of(watermark + "is there, but not used here"));
        }
        Set<String> lost = new LinkedHashSet<>();
        for (LogicalPlan node : Trees.nodes(below)) {
            lossesIn(node, lost);
        }
        return lost.isEmpty()
                ? new Missing(Absence.DROPPED, Optional.of(watermark + "is gone: its column is left out before"))
                : new Missing(
                        Absence.LOST,
                        Optional.of(watermark + "is lost by " + String.join(" and by ", lost)
                                + "; only a plain or renamed column keeps it"));
    }

    /** A name for the column by which rows of this plan are timed: one with a watermark, else the first timestamp. */
    static String eventTime(LogicalPlan below) {
        return Trees.nodes(below, EventTimeWatermark.class).stream()
                .map(node -> node.eventTime().name())
                .findFirst()
                .or(() -> Trees.nodes(below).stream()
                        .flatMap(node -> Trees.list(node.output()).stream())
                        .filter(column -> column.dataType() instanceof TimestampType)
                        .map(Attribute::name)
                        .findFirst())
                .orElse("<event-time column>");
    }

    private static void lossesIn(LogicalPlan node, Set<String> lost) {
        for (Expression expression : Trees.expressions(node)) {
            if (expression instanceof Alias alias && !marks(alias.toAttribute()) && usesMarked(alias.child())) {
                lost.add("'" + shown(alias.child()) + "'");
            }
        }
        if (node instanceof Union union) {
            LogicalPlan first = union.children().head();
            List<Attribute> columns = Trees.list(first.output());
            for (LogicalPlan other : Trees.list(union.children())) {
                List<Attribute> others = Trees.list(other.output());
                for (int i = 0; i < Math.min(columns.size(), others.size()); i++) {
                    if (marks(others.get(i)) && !marks(columns.get(i))) {
                        lost.add("a union whose first input has none");
                    }
                }
            }
        }
    }

    private static boolean usesMarked(Expression expression) {
        return Trees.expressions(expression).stream().anyMatch(Watermarks::marks)
                && !(expression instanceof AggregateExpression counted && isCount(counted));
    }

    private static boolean isCount(AggregateExpression aggregate) {
        return aggregate.aggregateFunction().prettyName().equals("count");
    }

    /** The expression as the user wrote it, where that is known; else as Spark writes it. */
    static String shown(Expression expression) {
        Optional<String> written = Origins.written(expression.origin());
        String text =
                written.orElseGet(() -> expression instanceof NamedExpression named ? named.name() : expression.sql());
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() > 60 ? line.substring(0, 57) + "..." : line;
    }
}
