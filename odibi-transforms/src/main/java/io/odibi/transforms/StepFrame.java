package io.odibi.transforms;

import io.odibi.core.describe.Step;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.port.StepException;
import io.odibi.core.port.StepInput;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.Located;
import io.odibi.core.text.Position;
import io.odibi.transforms.sql.Sql;
import io.odibi.transforms.sql.SqlExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The current frame of a step, with what transforms do with it. */
final class StepFrame {

    private final StepInput<Dataset<Row>> input;
    private final Step step;
    private final Dataset<Row> rows;

    private StepFrame(StepInput<Dataset<Row>> input, Step step, Dataset<Row> rows) {
        this.input = input;
        this.step = step;
        this.rows = rows;
    }

    /**
     * Returns the current frame.
     *
     * @throws StepException if the node has none
     */
    static StepFrame of(StepInput<Dataset<Row>> input, Step step) {
        Dataset<Row> rows = input.current()
                .orElseThrow(() -> new StepException(
                        Finding.of(FindingCode.PLAN_NO_INPUT, step.at(), "'" + step.type() + "' has no rows to work on")
                                .why("the node reads nothing of its own")
                                .fix("begin with a 'sql' step over the named inputs, or give the node a 'read'")));
        return new StepFrame(input, step, rows);
    }

    /** Where the step was written. */
    Position at() {
        return step.at();
    }

    Dataset<Row> rows() {
        return rows;
    }

    Columns columns() {
        return Columns.of(rows);
    }

    Sql sql() {
        return Sql.over(input);
    }

    SqlExpression expression(Scalar source) {
        return sql().expression(source);
    }

    /** Does one thing with each of several; tells the faults of all of them. */
    static <T, R> List<R> each(List<T> items, Function<T, R> work) {
        Findings findings = new Findings();
        List<R> done = new ArrayList<>();
        for (T item : items) {
            try {
                done.add(work.apply(item));
            } catch (StepException refused) {
                refused.findings().forEach(findings::add);
            }
        }
        if (findings.hasErrors()) {
            throw new StepException(findings.sorted());
        }
        return done;
    }

    /**
     * Returns a named input.
     *
     * @throws StepException if the node has none of that name
     */
    Dataset<Row> named(Located<String> name) {
        Map<String, Dataset<Row>> named = input.named();
        Dataset<Row> found = named.get(name.value());
        if (found == null) {
            throw new StepException(
                    Finding.of(FindingCode.SQL_UNKNOWN_TABLE, name.at(), "the step has no input '" + name.value() + "'")
                            .allow(String.join(", ", named.keySet()))
                            .suggest(name.value(), named.keySet()));
        }
        return found;
    }

    /** Builds a frame from columns and expressions; faults that Spark gives no place for are told at the step. */
    Dataset<Row> build(List<SqlExpression> parts, Supplier<Dataset<Row>> frame) {
        return Sql.build(parts, step.at(), frame);
    }

    /** Builds a frame without expressions of the user; what Spark refuses is told at {@code at}. */
    static Dataset<Row> build(Position at, Supplier<Dataset<Row>> frame) {
        return Sql.build(List.of(), at, frame);
    }
}
