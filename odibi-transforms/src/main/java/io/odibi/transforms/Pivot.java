package io.odibi.transforms;

import io.odibi.core.describe.Step;
import io.odibi.core.describe.StreamTrait;
import io.odibi.core.port.StepInput;
import io.odibi.core.port.Transform;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.Located;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** {@code pivot}: makes a column of each of several values. The values are named: the columns are known before a row is read. */
final class Pivot implements Transform<Dataset<Row>> {

    private static final Setting<List<Located<String>>> GROUP_BY =
            Setting.required("group_by", ValueTypes.list(Types.column()), "the columns that make one row");
    private static final Setting<Located<String>> PIVOT_COL =
            Setting.required("pivot_col", Types.column(), "the column whose values become columns");
    private static final Setting<List<String>> VALUES = Setting.required(
            "values",
            ValueTypes.list(ValueTypes.text("a value")),
            "the values that become columns, named after them; rows with others are left out");
    private static final Setting<Located<String>> AGG_COL =
            Setting.required("agg_col", Types.column(), "the column that is aggregated into them");
    private static final Setting<AggregateFunction> AGG_FUNC = Setting.withDefault(
            "agg_func", ValueTypes.choice(AggregateFunction.class), AggregateFunction.SUM, "how it is aggregated");
    private static final SettingsDeclaration SETTINGS = SettingsDeclaration.of(
            "Makes a column of each of several values", GROUP_BY, PIVOT_COL, VALUES, AGG_COL, AGG_FUNC);

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
        Columns columns = frame.columns();
        Column[] groups = columns.require(step.settings().get(GROUP_BY)).stream()
                .map(field -> Columns.named(field.name()))
                .toArray(Column[]::new);
        Column pivot =
                Columns.named(columns.require(step.settings().get(PIVOT_COL)).name());
        Column aggregated =
                Columns.named(columns.require(step.settings().get(AGG_COL)).name());
        List<Object> values = List.copyOf(step.settings().get(VALUES));
        return StepFrame.build(
                step.settings().at(VALUES),
                () -> frame.rows()
                        .groupBy(groups)
                        .pivot(pivot, values)
                        .agg(AggregateColumns.of(step.settings().get(AGG_FUNC), aggregated)));
    }
}
