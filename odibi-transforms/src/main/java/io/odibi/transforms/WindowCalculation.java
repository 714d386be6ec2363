package io.odibi.transforms;

import io.odibi.core.describe.Step;
import io.odibi.core.describe.StreamTrait;
import io.odibi.core.port.StepInput;
import io.odibi.core.port.Transform;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.Located;
import io.odibi.transforms.sql.SqlExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** {@code window_calculation}: computes a column over the rows of a group in an order. */
final class WindowCalculation implements Transform<Dataset<Row>> {

    private static final Setting<String> TARGET =
            Setting.required("target_col", ValueTypes.text("a column"), "the column to make");
    private static final Setting<Scalar> FUNCTION = Setting.required(
            "function", Types.expression(), "the window function without OVER, such as sum(amount) or row_number()");
    private static final Setting<List<Located<String>>> PARTITION_BY = Setting.optional(
            "partition_by", ValueTypes.list(Types.column()), "the columns that make a group; one group if left out");
    private static final Setting<Scalar> ORDER_BY = Setting.optional(
            "order_by",
            ValueTypes.source("a SQL order, such as updated_at DESC"),
            "the order of the rows within a group");
    private static final SettingsDeclaration SETTINGS = SettingsDeclaration.of(
            "Computes a column over the rows of a group in an order", TARGET, FUNCTION, PARTITION_BY, ORDER_BY);

    @Override
    public SettingsDeclaration settings() {
        return SETTINGS;
    }

    @Override
    public StreamTrait streamTrait(Step step) {
        return StreamTrait.BATCH_ONLY;
    }

    @Override
    public Dataset<Row> apply(StepInput<Dataset<Row>> input, Step step) {
        StepFrame frame = StepFrame.of(input, step);
        SqlExpression function = frame.expression(step.settings().get(FUNCTION));
        List<SqlExpression> order =
                step.settings().find(ORDER_BY).map(frame.sql()::ordering).orElse(List.of());
        WindowSpec window = Window.partitionBy(
                        frame
                                .columns()
                                .require(step.settings().find(PARTITION_BY).orElse(List.of()))
                                .stream()
                                .map(field -> Columns.named(field.name()))
                                .toArray(Column[]::new))
                .orderBy(order.stream().map(SqlExpression::column).toArray(Column[]::new));
        List<SqlExpression> parts = new ArrayList<>(order);
        parts.add(0, function);
        return frame.build(
                parts,
                () -> frame.columns()
                        .with(Map.of(
                                step.settings().get(TARGET), function.column().over(window))));
    }
}
