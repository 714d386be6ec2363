package io.odibi.transforms;

import io.odibi.core.describe.Step;
import io.odibi.core.describe.StreamTrait;
import io.odibi.core.port.StepInput;
import io.odibi.core.port.Transform;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.transforms.sql.Sql;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** {@code sql}: one query over the current frame and the named inputs. */
final class SqlTransform implements Transform<Dataset<Row>> {

    private static final Setting<Scalar> QUERY = Setting.required(
            "query",
            ValueTypes.source("a SQL query"),
            "one SELECT; {input} or df is the current frame, named inputs and upstream nodes are tables");
    private static final SettingsDeclaration SETTINGS =
            SettingsDeclaration.of("Makes the rows that a SQL query selects", QUERY);

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
        return Sql.over(input).query(step.settings().get(QUERY));
    }
}
