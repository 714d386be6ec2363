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
import io.odibi.core.text.Located;
import io.odibi.transforms.sql.Sql;
import io.odibi.transforms.sql.SqlExpression;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * {@code derive}, {@code derive_columns}: adds or replaces columns. They are made in the order written, and a later one may use an
 * earlier one. Those that use none of the others are made by one projection: Spark's optimizer takes time with the square of the
 * number of projections that lie on each other.
 */
final class Derive implements Transform<Dataset<Row>> {

    private static final Setting<List<Keyed<Scalar>>> COLUMNS = Setting.required(
                    "columns",
                    Types.keyed(Types.expression()),
                    "the columns to make, in this order; a later one may use an earlier one, and a name that is there already is"
                            + " replaced")
            .alias("derivations");
    private static final SettingsDeclaration SETTINGS =
            SettingsDeclaration.of("Adds or replaces columns by SQL expressions", COLUMNS);

    /** One column to make. */
    private record Derivation(Located<String> name, SqlExpression expression) {}

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
        List<Derivation> derivations = StepFrame.each(step.settings().get(COLUMNS), entry -> parse(frame, entry));
        Dataset<Row> rows = frame.rows();
        for (List<Derivation> group : independent(derivations)) {
            rows = derive(rows, group);
        }
        return rows;
    }

    private static Derivation parse(StepFrame frame, Keyed<Scalar> entry) {
        SqlExpression expression = frame.expression(entry.value());
        if (expression.isAliased()) {
            throw new StepException(
                    Finding.of(FindingCode.SQL_NOT_ALLOWED, expression.at(), "the expression names its own column")
                            .why("the column is '" + entry.key() + "', the key that it stands under")
                            .fix("drop 'AS " + expression.name().orElse("") + "'"));
        }
        return new Derivation(entry.key(), expression);
    }

    private static List<List<Derivation>> independent(List<Derivation> derivations) {
        List<List<Derivation>> groups = new ArrayList<>();
        List<Derivation> group = new ArrayList<>();
        Set<String> made = new HashSet<>();
        for (Derivation derivation : derivations) {
            String name = derivation.name().value().toLowerCase(Locale.ROOT);
            if (made.contains(name) || derivation.expression().mayUse(made)) {
                groups.add(group);
                group = new ArrayList<>();
                made.clear();
            }
            group.add(derivation);
            made.add(name);
        }
        groups.add(group);
        return groups;
    }

    private static Dataset<Row> derive(Dataset<Row> rows, List<Derivation> group) {
        try {
            return project(rows, group);
        } catch (StepException refused) {
            StepFrame.each(group, one -> project(rows, List.of(one)));
            throw refused;
        }
    }

    private static Dataset<Row> project(Dataset<Row> rows, List<Derivation> group) {
        Map<String, Column> made = new LinkedHashMap<>();
        group.forEach(one -> made.put(one.name().value(), one.expression().column()));
        List<SqlExpression> parts = group.stream().map(Derivation::expression).toList();
        return Sql.build(
                parts, group.get(0).expression().at(), () -> Columns.of(rows).with(made));
    }
}
