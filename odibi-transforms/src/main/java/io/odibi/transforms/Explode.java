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
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.Located;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructField;

/** {@code explode}, {@code explode_list_column}: makes one row of each element of a list. */
final class Explode implements Transform<Dataset<Row>> {

    private static final Setting<Located<String>> COLUMN = Setting.required(
            "column", Types.column(), "the column with the list; each row gets one element in its place");
    private static final Setting<Boolean> OUTER = Setting.withDefault(
            "outer",
            ValueTypes.truth(),
            false,
            "whether rows with an empty list or NULL stay, with NULL in the column");
    private static final SettingsDeclaration SETTINGS =
            SettingsDeclaration.of("Makes one row of each element of a list", COLUMN, OUTER);

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
        StructField list = frame.columns().require(step.settings().get(COLUMN));
        if (!(list.dataType() instanceof ArrayType)) {
            throw new StepException(Finding.of(
                            FindingCode.SQL_ANALYSIS,
                            step.settings().at(COLUMN),
                            "column '" + list.name() + "' is " + list.dataType().simpleString() + ", and no list")
                    .allow("a column of type array"));
        }
        Column column = Columns.named(list.name());
        Column element = step.settings().get(OUTER) ? functions.explode_outer(column) : functions.explode(column);
        return StepFrame.build(step.at(), () -> frame.columns().with(Map.of(list.name(), element)));
    }
}
