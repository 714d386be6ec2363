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
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/** {@code drop_columns}: takes columns out. */
final class DropColumns implements Transform<Dataset<Row>> {

    private static final Setting<List<Located<String>>> COLUMNS =
            Setting.required("columns", ValueTypes.list(Types.column()), "the columns to take out");
    private static final SettingsDeclaration SETTINGS = SettingsDeclaration.of("Takes columns out", COLUMNS);

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
        String[] dropped = frame.columns().require(step.settings().get(COLUMNS)).stream()
                .map(StructField::name)
                .toArray(String[]::new);
        return frame.rows().drop(dropped);
    }
}
