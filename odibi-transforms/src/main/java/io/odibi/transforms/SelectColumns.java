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

/** {@code select_columns}: keeps the named columns, in the order named. */
final class SelectColumns implements Transform<Dataset<Row>> {

    private static final Setting<List<Located<String>>> COLUMNS =
            Setting.required("columns", ValueTypes.list(Types.column()), "the columns to keep");
    private static final SettingsDeclaration SETTINGS =
            SettingsDeclaration.of("Keeps the named columns, in this order", COLUMNS);

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
        Column[] kept = frame.columns().require(step.settings().get(COLUMNS)).stream()
                .map(field -> Columns.named(field.name()))
                .toArray(Column[]::new);
        return StepFrame.build(step.at(), () -> frame.rows().select(kept));
    }
}
