package io.odibi.transforms;

import io.odibi.core.describe.Step;
import io.odibi.core.describe.StreamTrait;
import io.odibi.core.port.StepInput;
import io.odibi.core.port.Transform;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.ValueTypes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** {@code limit}: keeps some rows. */
final class Limit implements Transform<Dataset<Row>> {

    private static final Setting<Long> N =
            Setting.required("n", ValueTypes.whole(0, Integer.MAX_VALUE), "how many rows to keep");
    private static final Setting<Long> OFFSET = Setting.withDefault(
            "offset", ValueTypes.whole(0, Integer.MAX_VALUE), 0L, "how many rows to leave out before them");
    private static final SettingsDeclaration SETTINGS = SettingsDeclaration.of("Keeps a number of rows", N, OFFSET);

    @Override
    public SettingsDeclaration settings() {
        return SETTINGS;
    }

    @Override
    public StreamTrait streamTrait(Step step) {
        return StreamTrait.NEEDS_COMPLETE_INPUT;
    }

    @Override
    public Dataset<Row> apply(StepInput<Dataset<Row>> input, Step step) {
        StepFrame frame = StepFrame.of(input, step);
        int offset = Math.toIntExact(step.settings().get(OFFSET));
        Dataset<Row> rows = offset == 0 ? frame.rows() : frame.rows().offset(offset);
        return rows.limit(Math.toIntExact(step.settings().get(N)));
    }
}
