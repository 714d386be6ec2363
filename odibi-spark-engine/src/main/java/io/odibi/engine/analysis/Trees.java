package io.odibi.engine.analysis;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.trees.Origin;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** Catalyst's trees in Java's collections. */
final class Trees {

    private Trees() {}

    /** Returns a plan and all below it, what is on top first. Plans inside expressions are not among them. */
    static List<LogicalPlan> nodes(LogicalPlan top) {
        List<LogicalPlan> found = new ArrayList<>();
        collect(top, found);
        return found;
    }

    /** Returns the plans below a plan. */
    static List<LogicalPlan> below(LogicalPlan top) {
        List<LogicalPlan> all = nodes(top);
        return all.subList(1, all.size());
    }

    /** Returns all plans of a type, what is on top first. */
    static <T extends LogicalPlan> List<T> nodes(LogicalPlan top, Class<T> type) {
        return nodes(top).stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Returns the expressions of a plan and all inside them. */
    static List<Expression> expressions(LogicalPlan node) {
        List<Expression> found = new ArrayList<>();
        list(node.expressions()).forEach(expression -> collect(expression, found));
        return found;
    }

    /** Returns an expression and all inside it. */
    static List<Expression> expressions(Expression top) {
        List<Expression> found = new ArrayList<>();
        collect(top, found);
        return found;
    }

    static <T> List<T> list(Seq<T> scala) {
        return JavaConverters.seqAsJavaList(scala);
    }

    /** Returns where a plan comes from in the text of a query: its own place, else that of its first expression that has one. */
    static Origin origin(LogicalPlan node) {
        if (node.origin().line().isDefined()) {
            return node.origin();
        }
        return expressions(node).stream()
                .filter(expression -> !(expression instanceof Attribute)) // those stand where the step before made them
                .map(TreeNode::origin)
                .filter(origin -> origin.line().isDefined())
                .findFirst()
                .orElse(node.origin());
    }

    private static void collect(LogicalPlan node, List<LogicalPlan> found) {
        found.add(node);
        list(node.children()).forEach(child -> collect(child, found));
    }

    private static void collect(Expression node, List<Expression> found) {
        found.add(node);
        list(node.children()).forEach(child -> collect(child, found));
    }
}
