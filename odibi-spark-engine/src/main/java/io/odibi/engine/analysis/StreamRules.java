package io.odibi.engine.analysis;

import io.odibi.core.finding.Finding;
import io.odibi.core.model.OutputMode;
import io.odibi.core.model.StreamingSpec.StateGrowth;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.StreamingPlan;
import io.odibi.core.text.Position;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.ExtendedAnalysisException;
import org.apache.spark.sql.catalyst.analysis.UnsupportedOperationChecker;
import org.apache.spark.sql.catalyst.optimizer.InlineCTE;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.trees.Origin;
import org.apache.spark.sql.catalyst.trees.TreePattern$;

/**
 * Judges analysed plans of streams: Spark's own checker is asked, so that we never allow what it refuses, and our walk adds all that
 * it would tell later, and what it does not see.
 */
public final class StreamRules {

    private static final InlineCTE INLINE = new InlineCTE(true);

    private StreamRules() {}

    /**
     * Returns the same rows by a plan without common table expressions, as far as they are streams: behind them Spark's checker sees
     * neither what it has to refuse nor what it may allow, and its row counts are wrong.
     */
    public static Dataset<Row> withoutCtes(Dataset<Row> rows) {
        LogicalPlan plan = rows.queryExecution().analyzed();
        return rows.isStreaming() && hasCtes(plan) ? Dataset.ofRows(rows.sparkSession(), withoutCtes(plan)) : rows;
    }

    /** Returns the same plan without common table expressions. */
    static LogicalPlan withoutCtes(LogicalPlan plan) {
        return hasCtes(plan) ? INLINE.apply(plan) : plan;
    }

    /**
     * Judges the real rows of a streaming node; to be called before its query is started.
     *
     * @return what is wrong, each at its place in the node's steps; warnings are among them
     */
    public static List<Finding> check(Dataset<Row> rows, NodePlan node) {
        StreamingPlan streaming =
                node.streaming().orElseThrow(() -> new IllegalArgumentException("'" + node.id() + "' is no stream"));
        return NodeVerdict.violations(rows, streaming).stream()
                .map(violation -> NodeVerdict.at(place(violation, node, streaming), violation.finding()))
                .distinct()
                .toList();
    }

    private static Position place(Violation violation, NodePlan node, StreamingPlan streaming) {
        return violation.fault() == Fault.NO_AGGREGATE
                ? streaming.outputMode().at()
                : node.steps().stream()
                        .flatMap(step -> StepTexts.locate(step, violation.origin()).stream())
                        .findFirst()
                        .orElse(node.at());
    }

    /** Returns what is wrong with an analysed plan as a stream. */
    static List<Violation> check(LogicalPlan analyzed, OutputMode mode, StateGrowth growth) {
        LogicalPlan plan = withoutCtes(analyzed);
        Verdict verdict = new Verdict(mode, growth);
        new StreamWalk(verdict).check(plan);
        askSpark(plan, mode)
                .filter(told -> !isKnown(told, verdict))
                .ifPresent(told -> verdict.add(told.fault(), told.origin(), told.finding()));
        return verdict.violations();
    }

    private static boolean hasCtes(LogicalPlan plan) {
        return plan.containsPattern(TreePattern$.MODULE$.CTE());
    }

    private static Optional<Violation> askSpark(LogicalPlan plan, OutputMode mode) {
        try {
            UnsupportedOperationChecker.checkForStreaming(plan, sparkMode(mode));
            return Optional.empty();
        } catch (Exception refused) { // Scala throws the checked AnalysisException without declaring it
            if (refused instanceof AnalysisException told) {
                return Optional.of(told(told));
            }
            throw refused;
        }
    }

    private static Violation told(AnalysisException refused) {
        String words =
                refused.getErrorClass() == null || refused.getErrorClass().startsWith("_")
                        ? refused.message()
                        : refused.getErrorClass() + " " + refused.message();
        Origin origin = refused instanceof ExtendedAnalysisException extended
                        && extended.plan().isDefined()
                ? Trees.origin(extended.plan().get())
                : new Origin(refused.line(), refused.startPosition(), none(), none(), none(), none(), none());
        Fault fault = Fault.ofSpark(words).orElse(Fault.OTHER);
        // The first line alone: Spark may add the plan, and that may show options with secrets.
        String line = refused.message().lines().findFirst().orElse("Spark refuses it");
        Finding finding = fault == Fault.OTHER ? fault.finding("Spark refuses this stream: " + line) : fault.finding();
        return new Violation(fault, finding, origin);
    }

    /** Whether the walk has told it already: by the same fault, or by one that is nearer to the cause. */
    private static boolean isKnown(Violation told, Verdict verdict) {
        return switch (told.fault()) {
            case SORT -> verdict.has(Fault.SORT) || verdict.has(Fault.SORT_OUTSIDE_COMPLETE);
            case LIMIT -> verdict.has(Fault.LIMIT) || verdict.has(Fault.LIMIT_OUTSIDE_COMPLETE);
            case NOT_A_STREAM -> verdict.has(Fault.SUBQUERY);
            default -> verdict.has(told.fault());
        };
    }

    private static org.apache.spark.sql.streaming.OutputMode sparkMode(OutputMode mode) {
        return switch (mode) {
            case APPEND -> org.apache.spark.sql.streaming.OutputMode.Append();
            case UPDATE -> org.apache.spark.sql.streaming.OutputMode.Update();
            case COMPLETE -> org.apache.spark.sql.streaming.OutputMode.Complete();
        };
    }

    private static <T> scala.Option<T> none() {
        return scala.Option.empty();
    }
}
