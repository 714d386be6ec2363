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
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.Located;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** {@code parse_json}: reads JSON text into a column with fields. Text that is no such JSON becomes NULL fields. */
final class ParseJson implements Transform<Dataset<Row>> {

    private static final Setting<Located<String>> COLUMN =
            Setting.required("column", Types.column(), "the column with the JSON: text, or bytes in UTF-8");
    private static final Setting<Scalar> SCHEMA = Setting.required(
                    "json_schema",
                    ValueTypes.source("a schema, such as id INT, name STRING"),
                    "the fields to read, as SQL writes columns, or one type such as array<int>; fields that are not in the text are NULL")
            .alias("schema");
    private static final Setting<String> OUTPUT = Setting.optional(
            "output_col", ValueTypes.text("a column"), "the column to make; <column>_parsed if left out");
    private static final SettingsDeclaration SETTINGS =
            SettingsDeclaration.of("Reads JSON text into a column with fields", COLUMN, SCHEMA, OUTPUT);

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
        StructField source = frame.columns().require(step.settings().get(COLUMN));
        if (!isText(source.dataType())) {
            throw new StepException(Finding.of(
                            FindingCode.SQL_ANALYSIS,
                            step.settings().at(COLUMN),
                            "column '" + source.name() + "' is "
                                    + source.dataType().simpleString() + ", and no JSON text")
                    .allow("a column of type string or binary"));
        }
        DataType type = frame.sql().schema(step.settings().get(SCHEMA));
        Column text = Columns.named(source.name()).cast(DataTypes.StringType);
        Column parsed = functions.from_json(text, type, Map.<String, String>of());
        String output = step.settings().find(OUTPUT).orElse(source.name() + "_parsed");
        return StepFrame.build(step.settings().at(SCHEMA), () -> frame.columns().with(Map.of(output, parsed)));
    }

    private static boolean isText(DataType type) {
        return type.equals(DataTypes.StringType) || type.equals(DataTypes.BinaryType);
    }
}
