package io.odibi.transforms.sql;

import io.odibi.core.finding.Finding;
import io.odibi.core.port.StepException;
import io.odibi.core.port.StepInput;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.Position;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataType;

/**
 * Takes the SQL texts of one step. Every text passes the gate before Spark analyses it: one query, over the step's inputs and
 * nothing else, without commands or code by its name. Nothing is executed and nothing is registered in the session.
 *
 * <p>Every method throws {@link StepException} for a fault of a text, with the fault's place in the YAML.
 */
public final class Sql {

    private static final SparkParser PARSER = new SparkParser();

    private final SparkSession session;
    private final Relations relations;

    private Sql(SparkSession session, Relations relations) {
        this.session = session;
        this.relations = relations;
    }

    /** Returns the SQL of a step over its input. */
    public static Sql over(StepInput<Dataset<Row>> input) {
        return new Sql((SparkSession) input.session(), new Relations(input.current(), input.named()));
    }

    /** Returns the frame of a query. */
    public Dataset<Row> query(Scalar source) {
        SqlText text = scan(source);
        LogicalPlan parsed = parse(text, PARSER::parsePlan);
        Binder binder = new Binder(text, relations);
        LogicalPlan bound = binder.bind(parsed);
        refuse(binder);
        return telling(List.of(text), text.start(), () -> Catalyst.frame(session, bound));
    }

    /** Returns an expression over the current frame; its subqueries may read the step's inputs. */
    public SqlExpression expression(Scalar source) {
        SqlText text = scan(source);
        return new SqlExpression(text, bind(text, parse(text, PARSER::parseExpression)));
    }

    /** Returns what stands after {@code ORDER BY}. */
    public List<SqlExpression> ordering(Scalar source) {
        SqlText text = scan(source);
        List<SortOrder> items = parse(text, sql -> Catalyst.in(sql, () -> PARSER.parseOrdering(sql)));
        return items.stream()
                .map(item -> new SqlExpression(text, bind(text, item)))
                .toList();
    }

    /** Returns a data type, such as {@code decimal(10, 2)}. */
    public DataType type(Scalar source) {
        return parse(scan(source), PARSER::parseDataType);
    }

    /** Returns what a schema describes: columns ({@code id INT, name STRING}), or one type ({@code array<int>}). */
    public DataType schema(Scalar source) {
        SqlText text = scan(source);
        try {
            return parse(text, PARSER::parseTableSchema);
        } catch (StepException noColumns) {
            try {
                return parse(text, PARSER::parseDataType);
            } catch (StepException noType) {
                throw noColumns;
            }
        }
    }

    /**
     * Does what builds a frame, and tells faults of its texts at their places.
     *
     * @param parts the texts that the frame is built from
     * @param otherwise the place of a fault that lies in none of them
     */
    public static Dataset<Row> build(List<SqlExpression> parts, Position otherwise, Supplier<Dataset<Row>> frame) {
        return telling(parts.stream().map(SqlExpression::text).distinct().toList(), otherwise, frame);
    }

    /** Whether a constant column has a value: NULL means that a cast in it failed. Computes it without a job. */
    public boolean isValue(Column constant) {
        try {
            return !Catalyst.isNull(session, constant);
        } catch (Exception refused) {
            return false;
        }
    }

    /** Returns the columns of a frame, each told apart from others of the same name. */
    public static List<Column> columnsOf(Dataset<Row> frame) {
        return Catalyst.list(frame.queryExecution().analyzed().output()).stream()
                .map(Column::new)
                .toList();
    }

    private Expression bind(SqlText text, Expression parsed) {
        Binder binder = new Binder(text, relations);
        Expression bound = binder.bind(parsed);
        refuse(binder);
        return new FrameQualifier(text, relations).drop(bound);
    }

    private static SqlText scan(Scalar source) {
        SqlText text = SqlText.of(source);
        if (!text.faults().isEmpty()) {
            throw new StepException(text.faults());
        }
        return text;
    }

    private static void refuse(Binder binder) {
        List<Finding> findings = binder.findings().sorted();
        if (!findings.isEmpty()) {
            throw new StepException(findings);
        }
    }

    private <T> T parse(SqlText text, Function<String, T> parser) {
        try {
            return Catalyst.within(session, () -> parser.apply(text.sql()));
        } catch (Exception | StackOverflowError refused) {
            throw Faults.ofParse(refused, text);
        }
    }

    private static <T> T telling(List<SqlText> texts, Position otherwise, Supplier<T> work) {
        try {
            return work.get();
        } catch (Exception | StackOverflowError refused) {
            throw Faults.of(refused, texts, otherwise);
        }
    }
}
