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
import io.odibi.core.text.Located;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/** {@code rename_columns}: gives columns new names, all at once, so that two may swap theirs. */
final class RenameColumns implements Transform<Dataset<Row>> {

    private static final Setting<List<Keyed<Located<String>>>> MAPPING = Setting.required(
            "mapping",
            Types.keyed(Types.name("a new name")),
            "old names to new ones; all change at once, so two columns may swap names");
    private static final SettingsDeclaration SETTINGS = SettingsDeclaration.of("Gives columns new names", MAPPING);

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
        Map<String, List<Column>> renamed = new LinkedHashMap<>();
        StepFrame.each(step.settings().get(MAPPING), entry -> {
            StructField old = columns.require(entry.key());
            return renamed.put(
                    old.name(),
                    List.of(Columns.named(old.name()).as(entry.value().value())));
        });
        Dataset<Row> rows = columns.select(renamed);
        StepFrame.each(step.settings().get(MAPPING), entry -> requireUnique(rows, entry.value()));
        return rows;
    }

    private static boolean requireUnique(Dataset<Row> rows, Located<String> name) {
        Columns columns = Columns.of(rows);
        long count = columns.names().stream()
                .filter(other -> columns.same(other, name.value()))
                .count();
        if (count > 1) {
            throw new StepException(Finding.of(
                            FindingCode.SQL_ANALYSIS,
                            name.at(),
                            "another column is called '" + name.value() + "' already")
                    .fix("choose another name, or drop or rename that column too"));
        }
        return true;
    }
}
