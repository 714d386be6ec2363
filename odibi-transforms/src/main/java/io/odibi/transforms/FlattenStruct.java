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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** {@code flatten_struct}: makes columns of the fields of a struct. */
final class FlattenStruct implements Transform<Dataset<Row>> {

    private static final Setting<Located<String>> COLUMN =
            Setting.required("column", Types.column(), "the column with the struct; its fields take its place");
    private static final Setting<String> PREFIX = Setting.optional(
            "prefix",
            ValueTypes.text(),
            "what comes, with the separator, before the names of the fields; nothing if left out");
    private static final Setting<Long> DEPTH = Setting.withDefault(
            "depth", ValueTypes.whole(1, 100), 1L, "how many levels of structs in structs are made columns");
    private static final Setting<String> SEPARATOR =
            Setting.withDefault("separator", ValueTypes.text(), "_", "what stands between the names of levels");
    private static final Setting<Boolean> DROP =
            Setting.withDefault("drop_source", ValueTypes.truth(), true, "whether the struct itself goes");
    private static final SettingsDeclaration SETTINGS =
            SettingsDeclaration.of("Makes columns of the fields of a struct", COLUMN, PREFIX, DEPTH, SEPARATOR, DROP);

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
        StructField source = columns.require(step.settings().get(COLUMN));
        if (!(source.dataType() instanceof StructType struct)) {
            throw new StepException(Finding.of(
                            FindingCode.SQL_ANALYSIS,
                            step.settings().at(COLUMN),
                            "column '" + source.name() + "' is "
                                    + source.dataType().simpleString() + ", and no struct")
                    .allow("a column of type struct"));
        }
        String separator = step.settings().get(SEPARATOR);
        Map<String, Column> fields = new LinkedHashMap<>();
        collect(
                struct,
                Columns.named(source.name()),
                step.settings().find(PREFIX).map(prefix -> prefix + separator).orElse(""),
                separator,
                step.settings().get(DEPTH),
                fields);
        List<Column> flat = new ArrayList<>();
        if (!step.settings().get(DROP)) {
            flat.add(Columns.named(source.name()));
        }
        fields.forEach((name, column) -> flat.add(column.as(name)));
        Dataset<Row> rows = columns.select(Map.of(source.name(), flat));
        requireUnique(rows, step);
        return rows;
    }

    private static void collect(
            StructType struct, Column column, String prefix, String separator, long depth, Map<String, Column> into) {
        for (StructField field : struct.fields()) {
            Column own = column.getField(field.name());
            String name = prefix + field.name();
            if (depth > 1 && field.dataType() instanceof StructType nested) {
                collect(nested, own, name + separator, separator, depth - 1, into);
            } else {
                into.put(name, own);
            }
        }
    }

    private static void requireUnique(Dataset<Row> rows, Step step) {
        Columns columns = Columns.of(rows);
        Set<String> seen = new HashSet<>();
        for (String name : columns.names()) {
            if (!seen.add(columns.fold(name))) {
                throw new StepException(Finding.of(
                                FindingCode.SQL_ANALYSIS,
                                step.settings().at(COLUMN),
                                "another column is called '" + name + "' already")
                        .fix("set a 'prefix'"));
            }
        }
    }
}
