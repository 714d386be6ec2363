package io.odibi.transforms.sql;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;

/** Takes the current frame's own name off columns: in an expression {@code df.amount} is {@code amount}. */
final class FrameQualifier {

    private final SqlText text;
    private final Relations relations;

    FrameQualifier(SqlText text, Relations relations) {
        this.text = text;
        this.relations = relations;
    }

    Expression drop(Expression node) {
        if (node instanceof UnresolvedAttribute attribute) {
            List<String> parts = Catalyst.list(attribute.nameParts());
            return parts.size() > 1 && isFrame(parts.get(0))
                    ? Catalyst.at(
                            attribute.origin(),
                            () -> new UnresolvedAttribute(Catalyst.seq(parts.subList(1, parts.size()))))
                    : node;
        }
        return node instanceof SubqueryExpression ? node : Catalyst.mapChildren(node, this::drop);
    }

    private boolean isFrame(String name) {
        return isColumn(name)
                ? false
                : name.equalsIgnoreCase(Relations.FRAME_WORD)
                        || (name.equals(SqlText.FRAME_NAME)
                                && !text.frameMarks().isEmpty());
    }

    private boolean isColumn(String name) {
        return relations
                .current()
                .map(Dataset<Row>::columns)
                .map(columns -> Arrays.stream(columns).anyMatch(name::equalsIgnoreCase))
                .orElse(false);
    }
}
