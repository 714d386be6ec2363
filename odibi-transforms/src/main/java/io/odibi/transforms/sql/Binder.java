package io.odibi.transforms.sql;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.text.Position;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.expressions.WindowSpecDefinition;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import org.apache.spark.sql.catalyst.plans.logical.WithWindowDefinition;
import scala.Tuple2;
import scala.collection.JavaConverters;

/**
 * Puts the step's inputs in the place of the tables that a parsed text names, and asks the {@link Gate} about every part on the way.
 * After it, a plan holds no name that the session could resolve: neither temporary views nor catalog tables nor paths are in reach.
 */
final class Binder {

    private final SqlText text;
    private final Relations relations;
    private final Findings findings = new Findings();

    Binder(SqlText text, Relations relations) {
        this.text = text;
        this.relations = relations;
    }

    /** What was refused so far. */
    Findings findings() {
        return findings;
    }

    /** Binds a query; look at {@link #findings} before it is analysed. */
    LogicalPlan bind(LogicalPlan query) {
        return plan(query, Set.of());
    }

    /** Binds an expression; look at {@link #findings} before it is analysed. */
    Expression bind(Expression expression) {
        return expression(expression, Set.of());
    }

    private LogicalPlan plan(LogicalPlan node, Set<String> ctes) {
        if (node instanceof UnresolvedRelation relation) {
            return relation(relation, ctes);
        }
        if (node instanceof UnresolvedWith with) {
            return with(with, ctes);
        }
        if (node instanceof WithWindowDefinition windows) {
            return windows(windows, ctes);
        }
        Optional<Finding> refusal = Gate.refuse(node, text);
        if (refusal.isPresent()) {
            findings.add(refusal.get());
            return node;
        }
        LogicalPlan bound = Catalyst.mapChildren(node, child -> plan(child, ctes));
        return Catalyst.mapExpressions(bound, expression -> expression(expression, ctes));
    }

    /** A CTE's name hides an input of that name from where it is defined, but not from its own definition. */
    private LogicalPlan with(UnresolvedWith with, Set<String> outer) {
        Set<String> ctes = new HashSet<>(outer);
        List<Tuple2<String, SubqueryAlias>> bound = new ArrayList<>();
        for (Tuple2<String, SubqueryAlias> cte : Catalyst.list(with.cteRelations())) {
            bound.add(new Tuple2<>(cte._1(), (SubqueryAlias) plan(cte._2(), Set.copyOf(ctes))));
            ctes.add(fold(cte._1()));
        }
        LogicalPlan child = plan(with.child(), ctes);
        return Catalyst.at(with.origin(), () -> new UnresolvedWith(child, Catalyst.seq(bound)));
    }

    /** Spark's own walks over expressions pass the named windows by: they are the values of a map. */
    private LogicalPlan windows(WithWindowDefinition windows, Set<String> ctes) {
        LogicalPlan child = plan(windows.child(), ctes);
        scala.collection.immutable.Map<String, WindowSpecDefinition> bound = windows.windowDefinitions();
        for (Map.Entry<String, WindowSpecDefinition> window :
                JavaConverters.mapAsJavaMap(bound).entrySet()) {
            WindowSpecDefinition definition = (WindowSpecDefinition) expression(window.getValue(), ctes);
            bound = bound.updated(window.getKey(), definition);
        }
        scala.collection.immutable.Map<String, WindowSpecDefinition> all = bound;
        return Catalyst.at(windows.origin(), () -> new WithWindowDefinition(all, child));
    }

    private Expression expression(Expression node, Set<String> ctes) {
        Optional<Finding> refusal = Gate.refuse(node, text);
        if (refusal.isPresent()) {
            findings.add(refusal.get());
            return node;
        }
        Expression outer = node instanceof SubqueryExpression subquery
                ? Catalyst.at(node.origin(), () -> subquery.withNewPlan(plan(subquery.plan(), ctes)))
                : node;
        return Catalyst.mapChildren(outer, child -> expression(child, ctes));
    }

    private LogicalPlan relation(UnresolvedRelation relation, Set<String> ctes) {
        List<String> parts = Catalyst.list(relation.multipartIdentifier());
        String name = String.join(".", parts);
        if (isFrameMark(relation)) {
            return relations
                    .current()
                    .map(frame -> Catalyst.relation(SqlText.FRAME_NAME, frame))
                    .orElseGet(() -> unknown(relation, SqlText.FRAME_PLACEHOLDER));
        }
        if (parts.size() > 1) {
            return outside(relation, name);
        }
        if (ctes.contains(fold(name))) {
            return relation;
        }
        Optional<Dataset<Row>> frame = relations.find(name);
        return frame.map(found -> Catalyst.relation(name, found)).orElseGet(() -> unknown(relation, name));
    }

    private boolean isFrameMark(UnresolvedRelation relation) {
        return text.frameMarks().contains(Catalyst.whole(relation.origin().startIndex(), -1));
    }

    private LogicalPlan unknown(UnresolvedRelation relation, String name) {
        boolean isFrame = name.equals(SqlText.FRAME_PLACEHOLDER) || name.equalsIgnoreCase(Relations.FRAME_WORD);
        Finding finding =
                Finding.of(FindingCode.SQL_UNKNOWN_TABLE, place(relation), "the step has no input '" + name + "'");
        if (isFrame) {
            finding = finding.why("the node reads nothing of its own, so there is no current frame");
        }
        List<String> names = relations.names();
        findings.add(finding.allow(String.join(", ", names)).suggest(name, names));
        return relation;
    }

    private LogicalPlan outside(UnresolvedRelation relation, String name) {
        findings.add(Finding.of(
                        FindingCode.SQL_NOT_ALLOWED,
                        place(relation),
                        "table '" + name + "' is outside the step's inputs")
                .why("a step reads its inputs and nothing else")
                .allow(String.join(", ", relations.names()))
                .fix("read the table in a node of its own, or under 'inputs', and use that name"));
        return relation;
    }

    private Position place(UnresolvedRelation relation) {
        return text.at(Catalyst.line(relation), Catalyst.column(relation));
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
