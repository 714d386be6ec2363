package io.odibi.transforms;

import io.odibi.core.describe.Step;
import io.odibi.core.describe.StreamTrait;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.port.StepException;
import io.odibi.core.port.StepInput;
import io.odibi.core.port.Transform;
import io.odibi.core.settings.Durations;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.transforms.sql.Sql;
import io.odibi.transforms.sql.SqlExpression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** {@code aggregate}: makes one row of each group of rows. The columns are the window, the groups and the aggregates, in this order. */
final class Aggregate implements Transform<Dataset<Row>> {

    private static final Setting<List<Scalar>> GROUP_BY = Setting.optional(
            "group_by",
            ValueTypes.list(ValueTypes.source("a column or a SQL expression")),
            "what is equal in a group: columns, or expressions with a name (date(event_time) AS day)");
    private static final Setting<EventWindow> WINDOW = Setting.optional(
            "window",
            EventWindow.type(),
            "groups by windows of event time too; makes the column 'window' with start and end");
    private static final Setting<List<Keyed<Scalar>>> AGGREGATIONS = Setting.required(
            "aggregations",
            Types.keyed(ValueTypes.source("one of sum, avg, min, max, count, first, or a SQL expression")),
            "columns to make, each with a word (sum: of the column of that name) or an aggregate expression (count(*))");
    private static final SettingsDeclaration SETTINGS =
            SettingsDeclaration.of("Makes one row of each group of rows", GROUP_BY, WINDOW, AGGREGATIONS);

    /** A column to make, with the text that it comes from, if that has faults of its own. */
    private record Made(Column column, Optional<SqlExpression> text) {}

    @Override
    public SettingsDeclaration settings() {
        return SETTINGS;
    }

    @Override
    public StreamTrait streamTrait(Step step) {
        return StreamTrait.BY_ANALYSIS;
    }

    @Override
    public Dataset<Row> apply(StepInput<Dataset<Row>> input, Step step) {
        StepFrame frame = StepFrame.of(input, step);
        List<Made> groups = new ArrayList<>();
        step.settings().find(WINDOW).ifPresent(window -> groups.add(new Made(window(frame, window), Optional.empty())));
        groups.addAll(StepFrame.each(step.settings().find(GROUP_BY).orElse(List.of()), text -> group(frame, text)));
        List<Made> made = StepFrame.each(step.settings().get(AGGREGATIONS), entry -> aggregation(frame, entry));
        try {
            return aggregate(frame, groups, made);
        } catch (StepException refused) {
            StepFrame.each(made, one -> aggregate(frame, groups, List.of(one)));
            throw refused;
        }
    }

    private static Dataset<Row> aggregate(StepFrame frame, List<Made> groups, List<Made> made) {
        List<SqlExpression> texts = Stream.concat(groups.stream(), made.stream())
                .flatMap(one -> one.text().stream())
                .toList();
        Column[] columns = made.stream().map(Made::column).toArray(Column[]::new);
        return Sql.build(
                texts,
                texts.isEmpty() ? frame.at() : texts.get(0).at(),
                () -> frame.rows()
                        .groupBy(groups.stream().map(Made::column).toArray(Column[]::new))
                        .agg(columns[0], Arrays.copyOfRange(columns, 1, columns.length)));
    }

    private static Column window(StepFrame frame, EventWindow window) {
        StructField time = frame.columns().require(window.column());
        if (!time.dataType().equals(DataTypes.TimestampType)) {
            throw new StepException(Finding.of(
                            FindingCode.SQL_ANALYSIS,
                            window.column().at(),
                            "column '" + time.name() + "' is " + time.dataType().simpleString() + ", and no timestamp")
                    .fix("make it one before this step: 'derive: {columns: {" + time.name() + ": \"CAST(" + time.name()
                            + " AS TIMESTAMP)\"}}'"));
        }
        Column column = Columns.named(time.name());
        String size = Durations.format(window.size());
        return window.slide()
                .map(slide -> functions.window(column, size, Durations.format(slide)))
                .orElseGet(() -> functions.window(column, size));
    }

    private static Made group(StepFrame frame, Scalar text) {
        SqlExpression expression = frame.expression(text);
        if (expression.name().isEmpty()) {
            throw new StepException(Finding.of(FindingCode.SQL_ANALYSIS, expression.at(), "the group has no name")
                    .why("only a column brings a name of its own")
                    .fix("write '" + text.text().strip() + " AS name'"));
        }
        return new Made(expression.column(), Optional.of(expression));
    }

    private static Made aggregation(StepFrame frame, Keyed<Scalar> entry) {
        String name = entry.key().value();
        Optional<AggregateFunction> word = Arrays.stream(AggregateFunction.values())
                .filter(function ->
                        function.name().equalsIgnoreCase(entry.value().text().strip()))
                .findFirst();
        if (word.isPresent()) {
            Column column = Columns.named(frame.columns().require(entry.key()).name());
            return new Made(AggregateColumns.of(word.get(), column).as(name), Optional.empty());
        }
        SqlExpression expression = frame.expression(entry.value());
        return new Made(expression.column().as(name), Optional.of(expression));
    }
}
