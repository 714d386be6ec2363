package io.odibi.transforms;

import io.odibi.core.describe.Step;
import io.odibi.core.describe.StreamTrait;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.port.StepException;
import io.odibi.core.port.StepInput;
import io.odibi.core.port.Transform;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
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
import org.apache.spark.sql.functions;

/**
 * {@code join}: puts the rows of another input beside the current ones. Key columns come out once; other columns of the right side
 * that have a name of the left side come out as {@code <prefix or dataset>_<column>}.
 */
final class Join implements Transform<Dataset<Row>> {

    private static final Setting<Located<String>> RIGHT = Setting.required(
            "right_dataset", Types.name("an input"), "the named input or upstream node on the right side");
    private static final Setting<List<Located<String>>> ON =
            Setting.optional("on", ValueTypes.list(Types.column()), "the columns that are equal on both sides");
    private static final Setting<Scalar> CONDITION = Setting.optional(
            "condition",
            ValueTypes.source("a SQL condition"),
            "in the place of 'on': when two rows belong together, with columns as left.<column> and right.<column>");
    private static final Setting<JoinType> HOW = Setting.withDefault(
            "how",
            ValueTypes.choice(JoinType.class),
            JoinType.LEFT,
            "which rows stay: those that match (inner), those of one or both sides in any case (left, right, full), all pairs"
                    + " (cross), those of the left that have a match (semi) or none (anti)");
    private static final Setting<String> PREFIX = Setting.optional(
            "prefix",
            ValueTypes.text(),
            "what comes, with _, before columns of the right side whose names the left side has too; the dataset's name if left out");
    private static final Setting<TimeRange> TIME_RANGE = Setting.optional(
            "time_range",
            TimeRange.type(),
            "how far the event times of two rows may lie from each other; lets a join of two streams forget rows");
    private static final SettingsDeclaration SETTINGS = SettingsDeclaration.of(
            "Puts the rows of another input beside the current ones", RIGHT, ON, CONDITION, HOW, PREFIX, TIME_RANGE);

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
        Settings settings = step.settings();
        requireOneCondition(settings);
        Dataset<Row> right = frame.named(settings.get(RIGHT));
        JoinColumns columns = new JoinColumns(
                frame.columns(),
                Columns.of(right),
                settings.find(ON).orElse(List.of()),
                settings.find(PREFIX).orElse(settings.get(RIGHT).value()),
                settings.get(HOW));
        columns.requireKeys(settings.get(RIGHT).value());
        Optional<SqlExpression> written = settings.find(CONDITION).map(frame::expression);
        Optional<Column> condition = columns.keyCondition().or(() -> written.map(SqlExpression::column));
        Optional<Column> range = settings.find(TIME_RANGE).map(columns::inRange);
        Optional<Column> whole = condition.isPresent() && range.isPresent()
                ? Optional.of(condition.get().and(range.get()))
                : condition.or(() -> range);
        return frame.build(
                written.stream().toList(),
                () -> join(frame.rows(), right, whole, settings.get(HOW)).select(columns.selected(settings.at(RIGHT))));
    }

    private static Dataset<Row> join(Dataset<Row> left, Dataset<Row> right, Optional<Column> condition, JoinType type) {
        Dataset<Row> one = left.alias(JoinColumns.LEFT);
        Dataset<Row> other = right.alias(JoinColumns.RIGHT);
        if (type == JoinType.CROSS) {
            return condition.map(one.crossJoin(other)::filter).orElseGet(() -> one.crossJoin(other));
        }
        return one.join(other, condition.orElseGet(() -> functions.lit(true)), type.word());
    }

    private static void requireOneCondition(Settings settings) {
        boolean cross = settings.get(HOW) == JoinType.CROSS;
        int given = (settings.find(ON).isPresent() ? 1 : 0)
                + (settings.find(CONDITION).isPresent() ? 1 : 0);
        if (given > (cross ? 0 : 1)) {
            throw new StepException(Finding.of(
                            FindingCode.CONFIG_CONFLICT,
                            settings.find(CONDITION).isPresent() ? settings.at(CONDITION) : settings.at(ON),
                            cross ? "a cross join has no condition" : "'on' and 'condition' exclude each other")
                    .fix(cross ? "choose another 'how', or drop the condition" : "keep one of them"));
        }
        if (given == 0 && !cross) {
            throw new StepException(Finding.of(FindingCode.CONFIG_MISSING_KEY, settings.at(), "'on' is missing")
                    .why("without it nothing says which rows belong together")
                    .fix("name the columns under 'on', give a 'condition', or say 'how: cross'"));
        }
    }
}
