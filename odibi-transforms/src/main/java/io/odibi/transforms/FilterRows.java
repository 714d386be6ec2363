package io.odibi.transforms;

import io.odibi.core.describe.Step;
import io.odibi.core.describe.StreamTrait;
import io.odibi.core.port.StepInput;
import io.odibi.core.port.Transform;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.transforms.sql.SqlExpression;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** {@code filter_rows}: keeps the rows for which a condition is true. */
final class FilterRows implements Transform<Dataset<Row>> {

    private static final Setting<Scalar> CONDITION = Setting.required(
            "condition",
            ValueTypes.source("a SQL condition"),
            "rows for which it is true stay; where it is false or NULL they go");
    private static final SettingsDeclaration SETTINGS =
            SettingsDeclaration.of("Keeps the rows that meet a condition", CONDITION);

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
        SqlExpression condition = frame.expression(step.settings().get(CONDITION));
        return frame.build(List.of(condition), () -> frame.rows().filter(condition.column()));
    }
}
