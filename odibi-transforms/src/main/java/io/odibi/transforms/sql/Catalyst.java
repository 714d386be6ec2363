package io.odibi.transforms.sql;

import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.AliasIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.optimizer.InlineCTE;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.trees.CurrentOrigin;
import org.apache.spark.sql.catalyst.trees.Origin;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * The bridge to Spark's internal classes, pinned to Spark 3.5 by {@code CatalystTest}. What is here is public in the byte code only
 * ({@code private[sql]} in Scala), or needs Scala's collections.
 */
final class Catalyst {

    private Catalyst() {}

    /**
     * Analyses a plan and makes it a frame. Nothing is registered in the session. In a stream CTEs are put in place first: Spark's
     * checker of streams does not look behind their names.
     */
    static Dataset<Row> frame(SparkSession session, LogicalPlan plan) {
        Dataset<Row> analysed = Dataset.ofRows(session, plan);
        if (!analysed.isStreaming()) {
            return analysed;
        }
        LogicalPlan inlined =
                new InlineCTE(true).apply(analysed.queryExecution().analyzed());
        return Dataset.ofRows(session, inlined);
    }

    /** Lets the optimizer compute a constant, and returns whether it is NULL. */
    static boolean isNull(SparkSession session, Column constant) {
        LogicalPlan plan = session.range(1)
                .select(constant.as("constant"))
                .queryExecution()
                .optimizedPlan();
        return list(plan.expressions()).stream()
                .flatMap(expression -> list(expression.children()).stream())
                .anyMatch(value -> value instanceof Literal literal && literal.value() == null);
    }

    /** Returns a frame's plan under a name. */
    static LogicalPlan relation(String name, Dataset<Row> frame) {
        return new SubqueryAlias(
                new AliasIdentifier(name), frame.queryExecution().analyzed());
    }

    /** Does {@code work} with the session's settings in force, such as those of the parser. */
    static <T> T within(SparkSession session, Supplier<T> work) {
        return session.withActive(work::get);
    }

    /** Does {@code work} so that nodes made by it stand at {@code origin}. */
    static <T> T at(Origin origin, Supplier<T> work) {
        return CurrentOrigin.withOrigin(origin, work::get);
    }

    /** Does {@code work} so that nodes made by it know the text that they come from. */
    static <T> T in(String text, Supplier<T> work) {
        Option<Object> none = Option.empty();
        Option<String> noText = Option.empty();
        return at(new Origin(none, none, none, none, Option.apply(text), noText, noText), work);
    }

    static LogicalPlan mapChildren(LogicalPlan node, UnaryOperator<LogicalPlan> change) {
        return node.mapChildren(change::apply);
    }

    static LogicalPlan mapExpressions(LogicalPlan node, UnaryOperator<Expression> change) {
        return node.mapExpressions(change::apply);
    }

    static Expression mapChildren(Expression node, UnaryOperator<Expression> change) {
        return node.mapChildren(change::apply);
    }

    static <T> List<T> list(Seq<T> seq) {
        return List.copyOf(JavaConverters.seqAsJavaList(seq));
    }

    static <T> Seq<T> seq(List<T> list) {
        return JavaConverters.asScalaBuffer(list).toList();
    }

    /** The line of a node in its text, from 1. */
    static int line(TreeNode<?> node) {
        return whole(node.origin().line(), 1);
    }

    /** The column of a node in its line, from 0. */
    static int column(TreeNode<?> node) {
        return whole(node.origin().startPosition(), 0);
    }

    static int whole(Option<Object> number, int otherwise) {
        return number.isDefined() ? (Integer) number.get() : otherwise;
    }
}
