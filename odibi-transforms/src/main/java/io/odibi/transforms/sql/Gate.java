package io.odibi.transforms.sql;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.ExpressionWithUnresolvedIdentifier;
import org.apache.spark.sql.catalyst.analysis.PlanWithUnresolvedIdentifier;
import org.apache.spark.sql.catalyst.analysis.RelationTimeTravel;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedGenerator;
import org.apache.spark.sql.catalyst.analysis.UnresolvedHaving;
import org.apache.spark.sql.catalyst.analysis.UnresolvedInlineTable;
import org.apache.spark.sql.catalyst.analysis.UnresolvedSubqueryColumnAliases;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTVFAliases;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Except;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.InsertIntoStatement;
import org.apache.spark.sql.catalyst.plans.logical.Intersect;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LateralJoin;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Pivot;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.RebalancePartitions;
import org.apache.spark.sql.catalyst.plans.logical.Repartition;
import org.apache.spark.sql.catalyst.plans.logical.RepartitionByExpression;
import org.apache.spark.sql.catalyst.plans.logical.Sample;
import org.apache.spark.sql.catalyst.plans.logical.ScriptTransformation;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.Unpivot;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedHint;

/**
 * Says which parts of a parsed text may be analysed. Plans are allowed by name and everything else is refused, so that a statement
 * that a later Spark learns is refused too; functions are open but for those that run code by its name. Analysing such a function
 * already loads the class that it names: therefore the gate stands before the analysis.
 */
final class Gate {

    private static final Set<Class<? extends LogicalPlan>> PLANS = Set.of(
            Aggregate.class,
            Distinct.class,
            Except.class,
            Filter.class,
            Generate.class,
            GlobalLimit.class,
            Intersect.class,
            Join.class,
            LateralJoin.class,
            LocalLimit.class,
            Offset.class,
            OneRowRelation.class,
            Pivot.class,
            Project.class,
            RebalancePartitions.class,
            Repartition.class,
            RepartitionByExpression.class,
            Sample.class,
            Sort.class,
            SubqueryAlias.class,
            Union.class,
            Unpivot.class,
            UnresolvedHaving.class,
            UnresolvedHint.class,
            UnresolvedInlineTable.class,
            UnresolvedSubqueryColumnAliases.class,
            UnresolvedTVFAliases.class);
    private static final Map<Class<? extends LogicalPlan>, String> REASONS = Map.of(
            ScriptTransformation.class, "'TRANSFORM ... USING' runs a program of the machine",
            InsertIntoStatement.class, "a step makes rows; where they are written is the node's 'write'",
            RelationTimeTravel.class, "a step reads its inputs as they come, and no earlier version of them",
            PlanWithUnresolvedIdentifier.class, "'IDENTIFIER' names a table that cannot be seen in the text");
    private static final List<String> TABLE_FUNCTIONS = List.of(
            "explode",
            "explode_outer",
            "inline",
            "inline_outer",
            "json_tuple",
            "posexplode",
            "posexplode_outer",
            "range",
            "stack");
    private static final Set<String> CODE_BY_NAME = Set.of("java_method", "reflect", "try_reflect");

    private Gate() {}

    /** Returns why a plan may not be analysed; looks at this node alone. */
    static Optional<Finding> refuse(LogicalPlan node, SqlText text) {
        if (PLANS.contains(node.getClass())) {
            return Optional.empty();
        }
        if (node instanceof UnresolvedTableValuedFunction function) {
            return refuseTableFunction(function, text);
        }
        String reason = REASONS.getOrDefault(node.getClass(), "a step is a query over its inputs");
        Finding finding = Finding.of(
                        FindingCode.SQL_NOT_ALLOWED,
                        text.at(Catalyst.line(node), Catalyst.column(node)),
                        "this is no query over the step's inputs")
                .why(reason)
                .allow("one SELECT over " + SqlText.FRAME_PLACEHOLDER + " and the named inputs");
        return Optional.of(finding);
    }

    /** Returns why an expression may not be analysed; looks at this node alone. */
    static Optional<Finding> refuse(Expression node, SqlText text) {
        if (node instanceof ExpressionWithUnresolvedIdentifier) {
            return Optional.of(refusal(node, "'IDENTIFIER' is not allowed", text)
                    .why("it names what cannot be seen in the text")
                    .fix("write the name itself"));
        }
        String name = "";
        if (node instanceof UnresolvedFunction function) {
            name = function.nameParts().last().toLowerCase(Locale.ROOT);
        } else if (node instanceof UnresolvedGenerator generator) {
            name = generator.name().funcName().toLowerCase(Locale.ROOT);
        }
        return CODE_BY_NAME.contains(name)
                ? Optional.of(refusal(node, "function '" + name + "' is not allowed", text)
                        .why("it runs any code of the machine by its name"))
                : Optional.empty();
    }

    private static Optional<Finding> refuseTableFunction(UnresolvedTableValuedFunction function, SqlText text) {
        String name = String.join(".", Catalyst.list(function.name()));
        return TABLE_FUNCTIONS.contains(name.toLowerCase(Locale.ROOT))
                ? Optional.empty()
                : Optional.of(Finding.of(
                                FindingCode.SQL_NOT_ALLOWED,
                                text.at(Catalyst.line(function), Catalyst.column(function)),
                                "table function '" + name + "' is not allowed")
                        .allow(String.join(", ", TABLE_FUNCTIONS))
                        .suggest(name, TABLE_FUNCTIONS));
    }

    private static Finding refusal(Expression node, String message, SqlText text) {
        return Finding.of(FindingCode.SQL_NOT_ALLOWED, text.at(Catalyst.line(node), Catalyst.column(node)), message);
    }
}
