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

/** {@code unpivot}: makes rows of columns. */
final class Unpivot implements Transform<Dataset<Row>> {

    private static final Setting<List<Located<String>>> ID_COLS =
            Setting.optional("id_cols", ValueTypes.list(Types.column()), "the columns that every row keeps");
    private static final Setting<List<Located<String>>> VALUE_VARS = Setting.required(
            "value_vars",
            ValueTypes.list(Types.column()),
            "the columns that become rows; their types have to fit together");
    private static final Setting<String> VAR_NAME = Setting.withDefault(
            "var_name", ValueTypes.text("a column"), "variable", "the column for the names of what became rows");
    private static final Setting<String> VALUE_NAME =
            Setting.withDefault("value_name", ValueTypes.text("a column"), "value", "the column for their values");
    private static final SettingsDeclaration SETTINGS =
            SettingsDeclaration.of("Makes a row of each of several columns", ID_COLS, VALUE_VARS, VAR_NAME, VALUE_NAME);

    @Override
    public SettingsDeclaration settings() {
        return SETTINGS;
    }

    @Override
    public StreamTrait streamTrait(Step step) {
        return StreamTrait.STATELESS;
    }

    @Override
    public Dataset<Row> apply(StepInput<Dataset<Row>> input, Step step) {
        StepFrame frame = StepFrame.of(input, step);
        Column[] ids = named(frame, step.settings().find(ID_COLS).orElse(List.of()));
        Column[] values = named(frame, step.settings().get(VALUE_VARS));
        return StepFrame.build(
                step.settings().at(VALUE_VARS),
                () -> frame.rows()
                        .unpivot(
                                ids,
                                values,
                                step.settings().get(VAR_NAME),
                                step.settings().get(VALUE_NAME)));
    }

    private static Column[] named(StepFrame frame, List<Located<String>> names) {
        return frame.columns().require(names).stream()
                .map(field -> Columns.named(field.name()))
                .toArray(Column[]::new);
    }
}
