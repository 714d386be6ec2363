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

/** {@code sample}: keeps a random part of the rows. Spark cannot do so in a stream. */
final class Sample implements Transform<Dataset<Row>> {

    private static final Setting<Double> FRACTION =
            Setting.required("fraction", ValueTypes.decimal(0, 1), "the part to keep, from 0 to 1");
    private static final Setting<Long> SEED = Setting.optional(
            "seed",
            ValueTypes.whole(Long.MIN_VALUE, Long.MAX_VALUE),
            "makes the choice the same in each run over the same rows");
    private static final SettingsDeclaration SETTINGS =
            SettingsDeclaration.of("Keeps a random part of the rows", FRACTION, SEED);

    @Override
    public SettingsDeclaration settings() {
        return SETTINGS;
    }

    @Override
    public StreamTrait streamTrait(Step step) {
        return StreamTrait.BATCH_ONLY;
    }

    @Override
    public Dataset<Row> apply(StepInput<Dataset<Row>> input, Step step) {
        StepFrame frame = StepFrame.of(input, step);
        double fraction = step.settings().get(FRACTION);
        return step.settings()
                .find(SEED)
                .map(seed -> frame.rows().sample(fraction, seed))
                .orElseGet(() -> frame.rows().sample(fraction));
    }
}
