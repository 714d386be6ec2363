package io.odibi.engine.analysis;

import io.odibi.core.finding.Finding;
import io.odibi.core.model.OutputMode;
import java.util.List;
import org.apache.spark.sql.catalyst.analysis.EliminateSubqueryAliases;
import org.apache.spark.sql.catalyst.analysis.EliminateView;
import org.apache.spark.sql.catalyst.analysis.StreamingJoinHelper;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.optimizer.PushDownPredicates;
import org.apache.spark.sql.catalyst.planning.ExtractEquiJoinKeys;
import org.apache.spark.sql.catalyst.plans.FullOuter$;
import org.apache.spark.sql.catalyst.plans.InnerLike;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.catalyst.plans.LeftAnti$;
import org.apache.spark.sql.catalyst.plans.LeftOuter$;
import org.apache.spark.sql.catalyst.plans.LeftSemi$;
import org.apache.spark.sql.catalyst.plans.RightOuter$;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.trees.Origin;
import org.apache.spark.sql.types.YearMonthIntervalType;
import org.apache.spark.unsafe.types.CalendarInterval;
import scala.Option;
import scala.Some;

/** Joins of streams with batch inputs and with each other. */
final class JoinRules {

    private static final int PUSH_DOWN_ROUNDS = 10;
    private static final Option<Object> ANY_WATERMARK = new Some<>(1_000_000L);

    private final Verdict verdict;

    JoinRules(Verdict verdict) {
        this.verdict = verdict;
    }

    void check(LogicalPlan plan) {
        List<Join> joins = Trees.nodes(plan, Join.class);
        joins.forEach(this::checkSides);
        List<Join> ofStreams = ofStreams(joins);
        if (!ofStreams.isEmpty()) {
            // What WHERE says of an inner join reaches its condition before it runs. Predicates move, joins do not: the
            // order stays.
            List<Join> atRun = ofStreamsAtRun(plan);
            for (int i = 0; i < ofStreams.size(); i++) {
                checkOfStreams(ofStreams.get(i), atRun.get(i));
            }
        }
    }

    private void checkSides(Join join) {
        boolean left = join.left().isStreaming();
        boolean right = join.right().isStreaming();
        JoinType type = join.joinType();
        if (type == LeftAnti$.MODULE$ && right) {
            verdict.add(Fault.JOIN_ANTI, Trees.origin(join));
        } else if (left != right && ((keepsLeft(type) && right) || (keepsRight(type) && left))) {
            verdict.add(Fault.JOIN_SIDE, Trees.origin(join));
        }
    }

    private void checkOfStreams(Join join, Join atRun) {
        Origin origin = Trees.origin(join);
        if (verdict.mode() != OutputMode.APPEND) {
            verdict.add(Fault.JOIN_MODE, origin);
        }
        if (join.joinType() == LeftAnti$.MODULE$) {
            return;
        }
        if (ExtractEquiJoinKeys.unapply(atRun).isEmpty()) {
            verdict.add(Fault.JOIN_NOT_EQUI, origin, withMonths(Fault.JOIN_NOT_EQUI.finding(), atRun));
            return;
        }
        boolean byKey = memory(atRun) == Memory.BY_KEY;
        if (!(join.joinType() instanceof InnerLike) && !byKey && !hasRange(join)) {
            verdict.add(Fault.JOIN_RANGE, origin, mend(Fault.JOIN_RANGE.finding(), atRun, ""));
        } else if (!byKey) {
            boolean left = isBounded(atRun.left(), atRun.right(), atRun);
            boolean right = isBounded(atRun.right(), atRun.left(), atRun);
            if (!left || !right) {
                String sides = left ? "of its right side" : right ? "of its left side" : "of both sides";
                String words = "this join remembers the rows " + sides + " for ever";
                verdict.add(
                        Fault.JOIN_UNBOUNDED,
                        origin,
                        mend(
                                Fault.JOIN_UNBOUNDED
                                        .finding(words)
                                        .why(
                                                "a row may be forgotten when no match can come any more; only a watermark on"
                                                        + " both sides and a time range that binds both tell when that is"),
                                atRun,
                                "; or take it with 'unbounded_state: accept' under 'streaming'"));
            }
        }
    }

    /** What Spark asks of an outer or semi join, on the plan as Spark looks at it. */
    private static boolean hasRange(Join join) {
        JoinType type = join.joinType();
        boolean left = stateEnds(join.left(), join.right(), join);
        boolean right = stateEnds(join.right(), join.left(), join);
        return type == FullOuter$.MODULE$ ? left || right : type == RightOuter$.MODULE$ ? right : left;
    }

    /** Whether the rows kept of {@code side} are forgotten: its own column has a watermark, and the condition binds it to the other's. */
    private static boolean isBounded(LogicalPlan side, LogicalPlan other, Join join) {
        return Watermarks.isInOutput(side) && stateEnds(side, other, join);
    }

    private static boolean stateEnds(LogicalPlan side, LogicalPlan other, Join join) {
        AttributeSet own = side.outputSet();
        return StreamingJoinHelper.getStateValueWatermark(own, other.outputSet(), join.condition(), ANY_WATERMARK)
                .isDefined();
    }

    private static Finding mend(Finding finding, Join join, String orElse) {
        String left = Watermarks.eventTime(join.left());
        String right = Watermarks.eventTime(join.right());
        Finding mended = finding;
        for (LogicalPlan side : List.of(join.left(), join.right())) {
            if (!Watermarks.isInOutput(side)) {
                String which = side == join.left() ? "left" : "right";
                mended = mended.why(Watermarks.missing(side)
                        .why()
                        .map(lost -> "on the " + which + ", " + lost)
                        .orElse("the " + which + " side has no watermark"));
            }
        }
        return withMonths(mended, join)
                .fix("set a watermark on both sides, and bind their times in the join condition: AND <right>." + right
                        + " BETWEEN <left>." + left + " - INTERVAL 10 MINUTES AND <left>." + left
                        + " + INTERVAL 10 MINUTES" + orElse);
    }

    private static Finding withMonths(Finding finding, Join join) {
        boolean months = join.condition().isDefined()
                && Trees.expressions(join.condition().get()).stream().anyMatch(JoinRules::isMonths);
        return months
                ? finding.hint("Spark does not see an interval of months or years as a bound: say it in days")
                : finding;
    }

    private static boolean isMonths(Expression expression) {
        return expression instanceof Literal literal
                && (literal.dataType() instanceof YearMonthIntervalType
                        || (literal.value() instanceof CalendarInterval interval && interval.months != 0));
    }

    private static boolean keepsLeft(JoinType type) {
        return type == LeftOuter$.MODULE$ || type == LeftSemi$.MODULE$ || type == FullOuter$.MODULE$;
    }

    private static boolean keepsRight(JoinType type) {
        return type == RightOuter$.MODULE$ || type == FullOuter$.MODULE$;
    }

    private static List<Join> ofStreams(List<Join> joins) {
        return joins.stream()
                .filter(join -> join.left().isStreaming() && join.right().isStreaming())
                .toList();
    }

    /** What ends the memory of a join of two streams. */
    enum Memory {
        /** A watermark among the keys of the join. */
        BY_KEY,
        /** A time range between the two sides. */
        BY_RANGE,
        /** Nothing, at least on one side. */
        UNBOUNDED
    }

    /** Returns what ends the memory of a join of two streams. */
    static Memory memory(Join atRun) {
        if (StreamingJoinHelper.isWatermarkInJoinKeys(atRun)) {
            return Memory.BY_KEY;
        }
        boolean both = isBounded(atRun.left(), atRun.right(), atRun) && isBounded(atRun.right(), atRun.left(), atRun);
        return both ? Memory.BY_RANGE : Memory.UNBOUNDED;
    }

    /** Returns the joins of two streams as they are when the plan runs. */
    static List<Join> ofStreamsAtRun(LogicalPlan plan) {
        return ofStreams(Trees.nodes(pushDown(plan), Join.class));
    }

    private static LogicalPlan pushDown(LogicalPlan plan) {
        LogicalPlan now = EliminateSubqueryAliases.apply(EliminateView.apply(plan));
        for (int round = 0; round < PUSH_DOWN_ROUNDS; round++) {
            LogicalPlan next = PushDownPredicates.apply(now);
            if (next.fastEquals(now)) {
                return next;
            }
            now = next;
        }
        return now;
    }
}
