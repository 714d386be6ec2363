package io.odibi.transforms;

import io.odibi.core.describe.Step;
import io.odibi.core.describe.StreamTrait;
import io.odibi.core.port.StepInput;
import io.odibi.core.port.Transform;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.ConfigValue.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** {@code cast_columns}: changes the types of columns. */
final class CastColumns implements Transform<Dataset<Row>> {

    private static final Setting<List<Keyed<Scalar>>> CASTS = Setting.required(
            "casts",
            Types.keyed(ValueTypes.source("a SQL data type")),
            "columns to types, such as bigint, decimal(10, 2), timestamp; what does not fit becomes NULL, unless the session is in ANSI mode");
    private static final SettingsDeclaration SETTINGS = SettingsDeclaration.of("Changes the types of columns", CASTS);

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
        Map<String, Column> cast = new LinkedHashMap<>();
        StepFrame.each(step.settings().get(CASTS), entry -> {
            StructField field = columns.require(entry.key());
            DataType type = type(frame, entry.value());
            // A cast, even to the same type, would take the watermark off an event-time column.
            if (!field.dataType().equals(type)) {
                Column column = Columns.named(field.name()).cast(type);
                StepFrame.build(entry.value().at(), () -> frame.rows().select(column));
                cast.put(field.name(), column);
            }
            return type;
        });
        return columns.with(cast);
    }

    /** The Python Odibi has short names of its own beside those of SQL. */
    private static DataType type(StepFrame frame, Scalar name) {
        return switch (name.text().strip().toLowerCase(Locale.ROOT)) {
            case "str" -> DataTypes.StringType;
            case "bool" -> DataTypes.BooleanType;
            case "datetime" -> DataTypes.TimestampType;
            default -> frame.sql().type(name);
        };
    }
}
