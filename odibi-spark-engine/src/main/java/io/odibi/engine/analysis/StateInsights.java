package io.odibi.engine.analysis;

import io.odibi.core.model.OutputMode;
import io.odibi.core.plan.StreamInsight.StatefulOperator;
import io.odibi.core.text.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Deduplicate;
import org.apache.spark.sql.catalyst.plans.logical.DeduplicateWithinWatermark;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Except;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.trees.Origin;

/** Says what a stream remembers between micro-batches, and what ends each memory. The plan has no CTEs any more. */
final class StateInsights {

    private static final String NEVER = "never forgotten: the project accepts unbounded state";

    private final OutputMode mode;
    private final Function<Origin, Position> places;
    private final List<StatefulOperator> found = new ArrayList<>();

    StateInsights(OutputMode mode, Function<Origin, Position> places) {
        this.mode = mode;
        this.places = places;
    }

    List<StatefulOperator> of(LogicalPlan plan) {
        for (LogicalPlan node : Trees.nodes(plan)) {
            if (node.isStreaming()) {
                look(node);
            }
        }
        for (Join join : JoinRules.ofStreamsAtRun(plan)) {
            add("join of two streams (" + join.joinType().sql().toLowerCase(Locale.ROOT) + ")", join, bound(join));
        }
        return List.copyOf(found);
    }

    private void look(LogicalPlan node) {
        if (node instanceof Aggregate aggregate) {
            List<Expression> groups = Trees.list(aggregate.groupingExpressions());
            add(groups.isEmpty() ? "aggregate over everything" : "aggregate by " + names(groups), node, bound(groups));
        } else if (node instanceof Distinct distinct) {
            add("distinct", node, bound(List.copyOf(Trees.list(distinct.child().output()))));
        } else if (node instanceof Except except && AggregateRules.isDistinctOfStream(except)) {
            add(
                    "distinct of EXCEPT",
                    node,
                    bound(List.copyOf(Trees.list(except.left().output()))));
        } else if (node instanceof Deduplicate deduplicate) {
            List<Expression> keys = List.copyOf(Trees.list(deduplicate.keys()));
            add("deduplicate by " + names(keys), node, bound(keys));
        } else if (node instanceof DeduplicateWithinWatermark within) {
            List<Expression> keys = List.copyOf(Trees.list(within.keys()));
            add("deduplicate by " + names(keys), node, "a key is forgotten when the watermark passes its first row");
        }
    }

    private String bound(List<Expression> keys) {
        if (keys.stream().allMatch(Expression::foldable)) {
            return "one row";
        }
        if (mode == OutputMode.COMPLETE) {
            return "never forgotten: output mode 'complete' writes every group each time";
        }
        return keys.stream().anyMatch(Watermarks::marks)
                ? "forgotten when the watermark passes the event time among its keys"
                : NEVER;
    }

    private static String bound(Join join) {
        return switch (JoinRules.memory(join)) {
            case BY_KEY -> "rows are forgotten when the watermark passes the time in their key";
            case BY_RANGE -> "rows are forgotten when the watermark passes the end of their time range";
            case UNBOUNDED -> NEVER;
        };
    }

    private void add(String operator, LogicalPlan node, String bound) {
        found.add(new StatefulOperator(operator, places.apply(Trees.origin(node)), bound));
    }

    private static String names(List<Expression> keys) {
        return keys.stream()
                .map(key -> key instanceof NamedExpression named ? named.name() : Watermarks.shown(key))
                .collect(Collectors.joining(", "));
    }
}
