package io.odibi.transforms.sql;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.parser.AbstractSqlParser;
import org.apache.spark.sql.catalyst.parser.AstBuilder;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.execution.SparkSqlAstBuilder;

/**
 * Spark's grammar without what Spark's own parser does before it: {@code SparkSqlParser} fills <code>${env:..}</code> and
 * <code>${spark..}</code> into the text. Parsing has no effects: commands become plans, which the {@link Gate} refuses.
 */
final class SparkParser extends AbstractSqlParser {

    private final AstBuilder astBuilder = new SparkSqlAstBuilder();

    @Override
    public AstBuilder astBuilder() {
        return astBuilder;
    }

    /** Reads what stands after {@code ORDER BY}. */
    List<SortOrder> parseOrdering(String text) {
        return parse(text, parser -> {
            List<SortOrder> items = new ArrayList<>();
            items.add(astBuilder.visitSortItem(parser.sortItem()));
            while (parser.getTokenStream().LA(1) == SqlBaseParser.COMMA) {
                parser.getTokenStream().consume();
                items.add(astBuilder.visitSortItem(parser.sortItem()));
            }
            Token next = parser.getTokenStream().LT(1);
            if (next.getType() != Token.EOF) {
                parser.notifyErrorListeners(next, "cannot read SQL at '" + next.getText() + "'", null);
            }
            return items;
        });
    }
}
