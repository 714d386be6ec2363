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
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/** {@code union}: puts the rows of other inputs behind the current ones; rows that are equal all stay. */
final class Union implements Transform<Dataset<Row>> {

    private static final Setting<List<Located<String>>> DATASETS = Setting.required(
            "datasets",
            ValueTypes.list(Types.name("an input")),
            "the named inputs or upstream nodes whose rows are added");
    private static final Setting<Boolean> BY_NAME = Setting.withDefault(
            "by_name",
            ValueTypes.truth(),
            true,
            "whether columns are matched by name: those of the current frame count, and others are left out; false matches by position");
    private static final SettingsDeclaration SETTINGS =
            SettingsDeclaration.of("Puts the rows of other inputs behind the current ones", DATASETS, BY_NAME);

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
        StepFrame frame = StepFrame.of(input, step);
        Columns columns = frame.columns();
        Dataset<Row> rows = frame.rows();
        boolean byName = step.settings().get(BY_NAME);
        List<Dataset<Row>> others = StepFrame.each(step.settings().get(DATASETS), name -> {
            Dataset<Row> other = frame.named(name);
            return byName ? matched(other, columns, name) : counted(other, columns, name);
        });
        for (int i = 0; i < others.size(); i++) {
            Dataset<Row> above = rows;
            Dataset<Row> below = others.get(i);
            rows = StepFrame.build(step.settings().get(DATASETS).get(i).at(), () -> above.union(below));
        }
        return rows;
    }

    private static Dataset<Row> matched(Dataset<Row> other, Columns columns, Located<String> name) {
        Columns own = Columns.of(other);
        List<String> missing = columns.names().stream()
                .filter(wanted -> own.find(wanted).isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            throw new StepException(Finding.of(
                            FindingCode.SQL_UNKNOWN_COLUMN,
                            name.at(),
                            "'" + name.value() + "' has no column '" + String.join("', '", missing) + "'")
                    .why("a union by name needs every column of the current frame")
                    .allow(String.join(", ", own.names())));
        }
        return other.select(columns.names().stream()
                .flatMap(wanted -> own.find(wanted).stream())
                .map(StructField::name)
                .map(Columns::named)
                .toArray(Column[]::new));
    }

    private static Dataset<Row> counted(Dataset<Row> other, Columns columns, Located<String> name) {
        int own = other.columns().length;
        int wanted = columns.names().size();
        if (own != wanted) {
            throw new StepException(Finding.of(
                            FindingCode.SQL_ANALYSIS,
                            name.at(),
                            "'" + name.value() + "' has " + own + " columns, and the current frame " + wanted)
                    .why("a union by position needs as many on each side"));
        }
        return other;
    }
}
