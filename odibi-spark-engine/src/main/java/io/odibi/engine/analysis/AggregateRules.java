package io.odibi.engine.analysis;

import io.odibi.core.finding.Finding;
import io.odibi.core.model.OutputMode;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SessionWindow$;
import org.apache.spark.sql.catalyst.expressions.TimeWindow$;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.Collect;
import org.apache.spark.sql.catalyst.expressions.aggregate.Mode;
import org.apache.spark.sql.catalyst.expressions.aggregate.PercentileBase;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Deduplicate;
import org.apache.spark.sql.catalyst.plans.logical.DeduplicateWithinWatermark;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Except;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.TimestampType;

/** Aggregates and deduplications of streams. Each is looked at; Spark's checker looks at the topmost aggregate alone. */
final class AggregateRules {

    private static final String WINDOW = TimeWindow$.MODULE$.marker();
    private static final String SESSION = SessionWindow$.MODULE$.marker();

    private final Verdict verdict;

    AggregateRules(Verdict verdict) {
        this.verdict = verdict;
    }

    void check(LogicalPlan node) {
        if (node instanceof Aggregate aggregate) {
            checkAggregate(aggregate);
        } else if (node instanceof Distinct distinct) {
            checkGroups(distinct, List.copyOf(Trees.list(distinct.child().output())), distinct.child(), List.of());
        } else if (node instanceof Except except && isDistinctOfStream(except)) {
            checkGroups(except, List.copyOf(Trees.list(except.left().output())), except.left(), List.of());
        } else if (node instanceof Deduplicate deduplicate) {
            checkDeduplicate(deduplicate);
        } else if (node instanceof DeduplicateWithinWatermark within && !Watermarks.isInOutput(within.child())) {
            verdict.add(
                    Fault.WITHIN_WITHOUT_WATERMARK,
                    Trees.origin(within),
                    explained(Fault.WITHIN_WITHOUT_WATERMARK, Watermarks.missing(within.child()))
                            .fix(reach(Watermarks.missing(within.child()), within.child())));
        }
    }

    /** {@code stream EXCEPT batch} runs as a distinct of what an anti join leaves; every other form fails once data flows. */
    static boolean isDistinctOfStream(Except except) {
        return !except.isAll() && !except.right().isStreaming();
    }

    private void checkAggregate(Aggregate aggregate) {
        List<AggregateExpression> functions = Trees.expressions(aggregate).stream()
                .filter(AggregateExpression.class::isInstance)
                .map(AggregateExpression.class::cast)
                .toList();
        functions.stream()
                .filter(AggregateExpression::isDistinct)
                .findFirst()
                .ifPresent(distinct -> verdict.add(
                        Fault.DISTINCT_AGGREGATE,
                        distinct.origin().line().isDefined() ? distinct.origin() : Trees.origin(aggregate)));
        List<Expression> groups = Trees.list(aggregate.groupingExpressions());
        if (groups.stream().anyMatch(AggregateRules::isSession)) {
            if (groups.size() == 1) {
                verdict.add(Fault.SESSION_ALONE, Trees.origin(aggregate));
            }
            if (verdict.mode() == OutputMode.UPDATE) {
                verdict.add(Fault.SESSION_IN_UPDATE, Trees.origin(aggregate));
            }
        }
        checkGroups(aggregate, groups, aggregate.child(), functions);
    }

    private void checkGroups(
            LogicalPlan node, List<Expression> groups, LogicalPlan child, List<AggregateExpression> functions) {
        if (groups.stream().anyMatch(Watermarks::marks)) {
            return;
        }
        Watermarks.Missing missing = Watermarks.missing(child);
        String fix = mend(missing, groups, child);
        if (verdict.mode() == OutputMode.APPEND) {
            verdict.add(
                    Fault.APPEND_WITHOUT_WATERMARK,
                    Trees.origin(node),
                    explained(Fault.APPEND_WITHOUT_WATERMARK, missing).fix(fix));
        } else if (!groups.stream().allMatch(Expression::foldable)) {
            verdict.add(
                    Fault.UNBOUNDED_GROUPS,
                    Trees.origin(node),
                    explained(Fault.UNBOUNDED_GROUPS, missing)
                            .fix(fix + "; or take it with 'unbounded_state: accept' under 'streaming'"));
        } else if (functions.stream().anyMatch(AggregateRules::keepsValues)) {
            verdict.add(Fault.UNBOUNDED_COLLECTION, Trees.origin(node));
        }
    }

    private void checkDeduplicate(Deduplicate deduplicate) {
        if (Trees.list(deduplicate.keys()).stream().noneMatch(Watermarks::marks)) {
            LogicalPlan child = deduplicate.child();
            String fix = Watermarks.isInOutput(child)
                    ? "forget keys by the watermark: {type: deduplicate, keys: [...]}"
                    : reach(Watermarks.missing(child), child) + ", and use {type: deduplicate, keys: [...]}";
            verdict.add(
                    Fault.UNBOUNDED_DEDUPLICATION,
                    Trees.origin(deduplicate),
                    explained(Fault.UNBOUNDED_DEDUPLICATION, Watermarks.missing(child))
                            .fix(fix + "; or take it with 'unbounded_state: accept'"));
        }
    }

    private static Finding explained(Fault fault, Watermarks.Missing missing) {
        Finding finding = fault.finding();
        return missing.why().map(finding::why).orElse(finding);
    }

    /** What brings a column with a watermark among the groups. */
    private static String mend(Watermarks.Missing missing, List<Expression> groups, LogicalPlan child) {
        String group = "add window(" + Watermarks.eventTime(child) + ", '10 minutes') to its groups";
        if (missing.absence() == Watermarks.Absence.NOT_USED) {
            return group;
        }
        boolean timed = groups.stream().anyMatch(AggregateRules::isTime);
        return timed ? reach(missing, child) : reach(missing, child) + ", and " + group;
    }

    /** What brings a column with a watermark to an operator. */
    private static String reach(Watermarks.Missing missing, LogicalPlan child) {
        String column = Watermarks.eventTime(child);
        return switch (missing.absence()) {
            case NOT_SET, NOT_USED -> "add 'watermark: \"" + column + ", 10 minutes\"' under 'streaming'";
            case LOST ->
                "name the new column otherwise and set the watermark on that: 'watermark: \"<new column>, 10 minutes\"'";
            case DROPPED -> "keep '" + column + "' in the steps before";
        };
    }

    private static boolean isTime(Expression group) {
        return group.dataType() instanceof TimestampType
                || isSession(group)
                || (group instanceof Attribute column && column.metadata().contains(WINDOW));
    }

    private static boolean isSession(Expression group) {
        return group instanceof Attribute column && column.metadata().contains(SESSION);
    }

    private static boolean keepsValues(AggregateExpression function) {
        return function.aggregateFunction() instanceof Collect
                || function.aggregateFunction() instanceof PercentileBase
                || function.aggregateFunction() instanceof Mode;
    }
}
