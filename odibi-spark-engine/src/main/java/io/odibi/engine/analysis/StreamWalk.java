package io.odibi.engine.analysis;

import io.odibi.core.finding.Finding;
import io.odibi.core.model.OutputMode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.CallMethodViaReflection;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionWithRandomSeed;
import org.apache.spark.sql.catalyst.expressions.MonotonicallyIncreasingID;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.Now;
import org.apache.spark.sql.catalyst.expressions.ScalaUDF;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.Deduplicate;
import org.apache.spark.sql.catalyst.plans.logical.DeduplicateWithinWatermark;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.EventTimeWatermark;
import org.apache.spark.sql.catalyst.plans.logical.Except;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.InsertIntoStatement;
import org.apache.spark.sql.catalyst.plans.logical.Intersect;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.Sample;
import org.apache.spark.sql.catalyst.plans.logical.ScriptTransformation;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import org.apache.spark.sql.catalyst.trees.Origin;

/**
 * Our own look at a plan: all that Spark's checker would tell one by one, and what it does not see. The plan has no CTEs any more.
 */
final class StreamWalk {

    private final Verdict verdict;
    private final AggregateRules aggregates;

    StreamWalk(Verdict verdict) {
        this.verdict = verdict;
        this.aggregates = new AggregateRules(verdict);
    }

    void check(LogicalPlan plan) {
        if (verdict.mode() == OutputMode.COMPLETE
                && plan.isStreaming()
                && streamingAggregates(plan).isEmpty()) {
            verdict.add(Fault.NO_AGGREGATE, Origins.NOWHERE);
        }
        for (LogicalPlan node : Trees.nodes(plan)) {
            Trees.expressions(node).forEach(expression -> checkExpression(expression, node));
            if (node instanceof Offset) {
                verdict.add(Fault.OFFSET, Trees.origin(node));
            } else if (node instanceof Command
                    || node instanceof InsertIntoStatement
                    || node instanceof ScriptTransformation) {
                verdict.add(Fault.COMMAND, Trees.origin(node));
            } else if (node.isStreaming()) {
                checkOperator(node);
                checkState(node);
            }
        }
        new JoinRules(verdict).check(plan);
    }

    private void checkOperator(LogicalPlan node) {
        aggregates.check(node);
        if (node instanceof Sort
                && (verdict.mode() != OutputMode.COMPLETE
                        || plainAggregates(node).isEmpty())) {
            boolean aggregated = verdict.mode() != OutputMode.COMPLETE
                    && !plainAggregates(node).isEmpty();
            verdict.add(aggregated ? Fault.SORT_OUTSIDE_COMPLETE : Fault.SORT, Trees.origin(node));
        } else if (node instanceof GlobalLimit) {
            checkLimit(node);
        } else if (node instanceof Sample) {
            verdict.add(Fault.SAMPLE, Trees.origin(node));
        } else if (node instanceof Window window) {
            verdict.add(Fault.WINDOW_FUNCTION, windowOrigin(window));
        } else if (node instanceof Except except && !AggregateRules.isDistinctOfStream(except)) {
            verdict.add(Fault.EXCEPT, Trees.origin(node));
        } else if (node instanceof Intersect) {
            verdict.add(Fault.INTERSECT, Trees.origin(node));
        } else if (node instanceof Union union) {
            checkUnion(union);
        } else if (node instanceof EventTimeWatermark watermark && Watermarks.isSetBelow(watermark.child())) {
            verdict.add(Fault.WATERMARK_REDEFINED, Trees.origin(node), redefined(watermark));
        } else if (node instanceof Filter filter && verdict.mode() == OutputMode.UPDATE) {
            checkRetraction(filter);
        }
    }

    private void checkLimit(LogicalPlan node) {
        boolean aggregated = !streamingAggregates(node).isEmpty();
        if (verdict.mode() != OutputMode.COMPLETE || !aggregated) {
            verdict.add(aggregated ? Fault.LIMIT_OUTSIDE_COMPLETE : Fault.LIMIT, Trees.origin(node));
        }
    }

    private void checkUnion(Union union) {
        List<LogicalPlan> children = Trees.list(union.children());
        if (!children.stream().allMatch(LogicalPlan::isStreaming)) {
            verdict.add(Fault.UNION_WITH_BATCH, Trees.origin(union));
        }
    }

    /** An operator with state: what it is fed with must be final, and timed by one watermark. */
    private void checkState(LogicalPlan node) {
        if (!keepsState(node)) {
            return;
        }
        List<LogicalPlan> below = Trees.below(node);
        if (verdict.mode() != OutputMode.APPEND
                && below.stream().anyMatch(StreamWalk::isGrouping)
                && isChainable(node)) {
            verdict.add(Fault.CHAINED_STATE, Trees.origin(node));
        }
        for (LogicalPlan one : below) {
            if (one instanceof Union union && mixesWatermarks(union)) {
                verdict.add(Fault.UNION_WATERMARK, Trees.origin(union));
            }
        }
    }

    private static boolean mixesWatermarks(Union union) {
        LogicalPlan first = union.children().head();
        return Watermarks.isInOutput(first)
                && Trees.list(union.children()).stream()
                        .anyMatch(child -> child.isStreaming() && !Watermarks.isSetBelow(child));
    }

    private static boolean keepsState(LogicalPlan node) {
        return isGrouping(node)
                || node instanceof Deduplicate
                || node instanceof DeduplicateWithinWatermark
                || (node instanceof Join join
                        && join.left().isStreaming()
                        && join.right().isStreaming());
    }

    /** Spark lets a deduplication follow an aggregate in any mode if no watermark is among its keys. */
    private static boolean isChainable(LogicalPlan node) {
        return !(node instanceof Deduplicate deduplicate)
                || Trees.list(deduplicate.keys()).stream().anyMatch(Watermarks::marks);
    }

    private void checkExpression(Expression expression, LogicalPlan node) {
        if (expression instanceof SubqueryExpression subquery) {
            if (subquery.plan().isStreaming()) {
                verdict.add(
                        Fault.SUBQUERY,
                        expression.origin().line().isDefined() ? expression.origin() : Trees.origin(subquery.plan()));
            } else {
                Trees.nodes(subquery.plan())
                        .forEach(inner -> Trees.expressions(inner).forEach(one -> checkExpression(one, inner)));
            }
        } else if (expression instanceof CallMethodViaReflection) {
            verdict.add(Fault.COMMAND, origin(expression, node));
        } else if (expression instanceof MonotonicallyIncreasingID) {
            verdict.add(Fault.MONOTONIC_ID, origin(expression, node));
        } else if (expression instanceof Now) {
            warn(
                    expression,
                    node,
                    "now() gives another time when a micro-batch is repeated",
                    "use current_timestamp()");
        } else if (expression instanceof ExpressionWithRandomSeed) {
            warn(
                    expression,
                    node,
                    expression.prettyName()
                            + "() gives another value when a micro-batch is repeated, whatever its seed",
                    "take a hash of a key: hash(<key>), sha2(<key>, 256)");
        } else if (expression instanceof ScalaUDF function && !function.udfDeterministic()) {
            warn(
                    expression,
                    node,
                    "'" + function.prettyName() + "' may give another value when a micro-batch is repeated",
                    "make the function depend on its arguments alone");
        }
    }

    private void warn(Expression expression, LogicalPlan node, String words, String fix) {
        verdict.add(
                Fault.NONDETERMINISTIC,
                origin(expression, node),
                Fault.NONDETERMINISTIC.finding(words).fix(fix));
    }

    private void checkRetraction(Filter filter) {
        Set<ExprId> counted = new HashSet<>();
        countedColumns(filter.child(), counted);
        if (Trees.expressions(filter.condition()).stream()
                .anyMatch(used -> used instanceof Attribute column && counted.contains(column.exprId()))) {
            verdict.add(Fault.RETRACTION, origin(filter.condition(), filter));
        }
    }

    /** The columns that change as rows come: results of aggregate functions, and what is made of them. */
    private static void countedColumns(LogicalPlan node, Set<ExprId> counted) {
        Trees.list(node.children()).forEach(child -> countedColumns(child, counted));
        if (node instanceof Aggregate aggregate && aggregate.isStreaming()) {
            Trees.list(aggregate.aggregateExpressions()).stream()
                    .filter(column -> Trees.expressions((Expression) column).stream()
                            .anyMatch(AggregateExpression.class::isInstance))
                    .map(NamedExpression::exprId)
                    .forEach(counted::add);
            return;
        }
        for (Expression expression : Trees.list(node.expressions())) {
            if (expression instanceof Alias alias
                    && Trees.expressions(alias.child()).stream()
                            .anyMatch(used -> used instanceof Attribute column && counted.contains(column.exprId()))) {
                counted.add(alias.exprId());
            }
        }
    }

    private static Finding redefined(EventTimeWatermark watermark) {
        String below = Trees.nodes(watermark.child(), EventTimeWatermark.class).stream()
                .map(first -> "'" + first.eventTime().name() + "'")
                .findFirst()
                .orElse("");
        return Fault.WATERMARK_REDEFINED.finding("a watermark on '"
                + watermark.eventTime().name() + "' is set where one on " + below + " is set already");
    }

    private static boolean isAggregate(LogicalPlan node) {
        return (node instanceof Aggregate || node instanceof Distinct) && node.isStreaming();
    }

    private static boolean isGrouping(LogicalPlan node) {
        return isAggregate(node) || (node instanceof Except && node.isStreaming());
    }

    private static List<LogicalPlan> streamingAggregates(LogicalPlan plan) {
        return Trees.nodes(plan).stream().filter(StreamWalk::isAggregate).toList();
    }

    /** Aggregates but not {@code DISTINCT}: Spark does not sort over that, not even in complete mode. */
    private static List<LogicalPlan> plainAggregates(LogicalPlan plan) {
        return streamingAggregates(plan).stream()
                .filter(Aggregate.class::isInstance)
                .toList();
    }

    private static Origin windowOrigin(Window window) {
        return Trees.expressions(window).stream()
                .filter(WindowExpression.class::isInstance)
                .map(Expression::origin)
                .filter(origin -> origin.line().isDefined())
                .findFirst()
                .orElseGet(() -> Trees.origin(window));
    }

    private static Origin origin(Expression expression, LogicalPlan node) {
        return expression.origin().line().isDefined() ? expression.origin() : Trees.origin(node);
    }
}
