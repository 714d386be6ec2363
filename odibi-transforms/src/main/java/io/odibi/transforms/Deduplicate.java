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
import io.odibi.transforms.sql.SqlExpression;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;

/** {@code deduplicate}: keeps one row for each key. In batch that is the first by an order. A stream knows no last row, so it keeps the
 * first that comes, and forgets a key when the watermark has passed it ({@code dropDuplicatesWithinWatermark}); where the event time
 * is one of the keys, a key is forgotten by its own value. */
final class Deduplicate implements Transform<Dataset<Row>> {

    private static final Setting<List<Located<String>>> KEYS =
            Setting.required("keys", ValueTypes.list(Types.column()), "the columns that are equal in duplicates");
    private static final Setting<Scalar> ORDER_BY = Setting.optional(
            "order_by",
            ValueTypes.source("a SQL order, such as updated_at DESC"),
            "which of the duplicates stays: the first in this order; any of them if left out; batch only");
    private static final SettingsDeclaration SETTINGS =
            SettingsDeclaration.of("Keeps one row for each key", KEYS, ORDER_BY);

    @Override
    public SettingsDeclaration settings() {
        return SETTINGS;
    }

    @Override
    public StreamTrait streamTrait(Step step) {
        return StreamTrait.STATEFUL;
    }

    @Override
    public Dataset<Row> apply(StepInput<Dataset<Row>> input, Step step) {
        StepFrame frame = StepFrame.of(input, step);
        List<StructField> keys = frame.columns().require(step.settings().get(KEYS));
        Optional<Scalar> order = step.settings().find(ORDER_BY);
        if (frame.rows().isStreaming()) {
            order.ifPresent(Deduplicate::refuse);
            return stream(frame, keys);
        }
        return order.isPresent()
                ? first(frame, keys, order.get())
                : frame.rows().dropDuplicates(names(keys));
    }

    private static void refuse(Scalar order) {
        throw new StepException(Finding.of(
                        FindingCode.STREAM_UNSUPPORTED,
                        order.at(),
                        "'order_by' cannot decide between duplicates in a stream")
                .why("a row that is better by the order may still come, but the first one has been written")
                .fix("drop 'order_by': the first row that comes stays; or deduplicate in a batch node"));
    }

    private static Dataset<Row> stream(StepFrame frame, List<StructField> keys) {
        Optional<StructField> eventTime = frame.columns().eventTime();
        return eventTime.isEmpty() || keys.contains(eventTime.get())
                ? frame.rows().dropDuplicates(names(keys))
                : frame.rows().dropDuplicatesWithinWatermark(names(keys));
    }

    private static Dataset<Row> first(StepFrame frame, List<StructField> keys, Scalar text) {
        List<SqlExpression> order = frame.sql().ordering(text);
        String number = "_odibi_row_number";
        return frame.build(
                order,
                () -> frame.rows()
                        .withColumn(
                                number,
                                functions
                                        .row_number()
                                        .over(Window.partitionBy(keys.stream()
                                                        .map(key -> Columns.named(key.name()))
                                                        .toArray(Column[]::new))
                                                .orderBy(order.stream()
                                                        .map(SqlExpression::column)
                                                        .toArray(Column[]::new))))
                        .filter(Columns.named(number).equalTo(1))
                        .drop(number));
    }

    private static String[] names(List<StructField> fields) {
        return fields.stream().map(StructField::name).toArray(String[]::new);
    }
}
