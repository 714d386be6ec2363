package io.odibi.transforms.sql;

import io.odibi.core.text.Position;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.analysis.Star;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import scala.collection.JavaConverters;

/** An expression that has passed the gate; not analysed yet. */
public final class SqlExpression {

    private static final Set<String> NAMED_BY_SPARK = Set.of("window", "session_window");

    private final SqlText text;
    private final Expression expression;

    SqlExpression(SqlText text, Expression expression) {
        this.text = text;
        this.expression = expression;
    }

    SqlText text() {
        return text;
    }

    /** Where the expression starts. */
    public Position at() {
        return text.start();
    }

    /** Returns the expression as a column. */
    public Column column() {
        return new Column(expression);
    }

    /** Returns an item of an order in the other direction, NULL last. */
    public Column descending() {
        return expression instanceof SortOrder item ? new Column(item.child()).desc() : column().desc();
    }

    /** Whether the expression names its own result: {@code a + b AS c}. */
    public boolean isAliased() {
        return expression instanceof Alias;
    }

    /** Returns the name of the result: its alias, or that of the column or field that it is. */
    public Optional<String> name() {
        if (expression instanceof Alias alias) {
            return Optional.of(alias.name());
        }
        if (expression instanceof UnresolvedAttribute attribute) {
            return Optional.of(attribute.nameParts().last());
        }
        if (expression instanceof UnresolvedFunction function) {
            String name = function.nameParts().last().toLowerCase(Locale.ROOT);
            return NAMED_BY_SPARK.contains(name) ? Optional.of(name) : Optional.empty();
        }
        return Optional.empty();
    }

    /**
     * Whether the expression may use one of these columns; in doubt it does.
     *
     * @param columns names in lower case
     */
    public boolean mayUse(Set<String> columns) {
        return !columns.isEmpty() && mayUse(expression, columns);
    }

    private static boolean mayUse(Expression node, Set<String> columns) {
        if (node instanceof SubqueryExpression || node instanceof Star) {
            return true;
        }
        if (node instanceof UnresolvedAttribute attribute) {
            return columns.contains(attribute.nameParts().head().toLowerCase(Locale.ROOT));
        }
        return JavaConverters.seqAsJavaList(node.children()).stream().anyMatch(child -> mayUse(child, columns));
    }
}
