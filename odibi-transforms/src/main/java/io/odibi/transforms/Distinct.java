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

/** {@code distinct}: keeps one of rows that are equal. */
final class Distinct implements Transform<Dataset<Row>> {

    private static final Setting<List<Located<String>>> COLUMNS = Setting.optional(
            "columns", ValueTypes.list(Types.column()), "the columns to keep and compare; all if left out");
    private static final SettingsDeclaration SETTINGS =
            SettingsDeclaration.of("Keeps one of rows that are equal", COLUMNS);

    @Override
    public SettingsDeclaration settings() {
        return SETTINGS;
    }

    @Override
    public StreamTrait streamTrait(Step step) {
        return StreamTrait.STATEFUL;
    }

    @Override
    public Dataset<Row> apply(StepInput<Dataset<Row>> input, Step step) {
        StepFrame frame = StepFrame.of(input, step);
        Column[] kept =
                step.settings().find(COLUMNS).map(frame.columns()::require).orElseGet(frame.columns()::fields).stream()
                        .map(field -> Columns.named(field.name()))
                        .toArray(Column[]::new);
        Dataset<Row> rows = step.settings().find(COLUMNS).isPresent()
                ? StepFrame.build(step.at(), () -> frame.rows().select(kept))
                : frame.rows();
        return rows.distinct();
    }
}
