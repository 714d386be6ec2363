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
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** {@code sort}: puts the rows in an order. */
final class Sort implements Transform<Dataset<Row>> {

    private static final Setting<List<Scalar>> BY = Setting.required(
            "by",
            ValueTypes.list(ValueTypes.source("a SQL order, such as amount DESC")),
            "what to sort by: columns or expressions, each with ASC or DESC if need be");
    private static final Setting<Boolean> ASCENDING =
            Setting.withDefault("ascending", ValueTypes.truth(), true, "the direction of what has none of its own");
    private static final Pattern DIRECTION = Pattern.compile("\\b(?i:asc|desc)\\b");
    private static final SettingsDeclaration SETTINGS =
            SettingsDeclaration.of("Puts the rows in an order", BY, ASCENDING);

    @Override
    public SettingsDeclaration settings() {
        return SETTINGS;
    }

    @Override
    public StreamTrait streamTrait(Step step) {
        return StreamTrait.NEEDS_COMPLETE_INPUT;
    }

    @Override
    public Dataset<Row> apply(StepInput<Dataset<Row>> input, Step step) {
        StepFrame frame = StepFrame.of(input, step);
        boolean ascending = step.settings().get(ASCENDING);
        List<SqlExpression> parts = new ArrayList<>();
        List<Column> order = new ArrayList<>();
        StepFrame.each(step.settings().get(BY), text -> {
            boolean directed = DIRECTION.matcher(text.text()).find();
            for (SqlExpression item : frame.sql().ordering(text)) {
                parts.add(item);
                order.add(directed || ascending ? item.column() : item.descending());
            }
            return text;
        });
        return frame.build(parts, () -> frame.rows().sort(order.toArray(Column[]::new)));
    }
}
