package io.odibi.transforms;

import io.odibi.core.describe.Step;
import io.odibi.core.describe.StreamTrait;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.port.StepException;
import io.odibi.core.port.StepInput;
import io.odibi.core.port.Transform;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.text.ConfigValue.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;

/** {@code fill_nulls}: puts values in the place of NULL. */
final class FillNulls implements Transform<Dataset<Row>> {

    private static final Setting<List<Keyed<Scalar>>> VALUES = Setting.required(
            "values",
            Types.keyed(Types.literal()),
            "columns to the values that take the place of NULL, each read as its column's type");
    private static final SettingsDeclaration SETTINGS =
            SettingsDeclaration.of("Puts values in the place of NULL", VALUES);

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
        Columns columns = frame.columns();
        Map<String, Column> filled = new LinkedHashMap<>();
        StepFrame.each(step.settings().get(VALUES), entry -> {
            StructField field = columns.require(entry.key());
            Column value = functions.lit(entry.value().text()).cast(field.dataType());
            requireFit(frame, entry.value(), field, value);
            return filled.put(field.name(), functions.coalesce(Columns.named(field.name()), value));
        });
        return StepFrame.build(step.settings().at(VALUES), () -> columns.with(filled));
    }

    private static void requireFit(StepFrame frame, Scalar text, StructField field, Column value) {
        if (!frame.sql().isValue(value)) {
            throw new StepException(Finding.of(
                            FindingCode.SQL_ANALYSIS,
                            text.at(),
                            "'" + text.text() + "' is no " + field.dataType().simpleString())
                    .why("column '" + field.name() + "' is of that type"));
        }
    }
}
