package io.odibi.testkit.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odibi.core.describe.Step;
import io.odibi.core.describe.StreamTrait;
import io.odibi.core.port.StepInput;
import io.odibi.core.port.Transform;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.testkit.ConfigValues;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** The suite, passed by a small transform and failed by one that runs its input. */
class KeepEvenTest extends TransformContract {

    private static final Setting<String> COLUMN =
            Setting.required("column", ValueTypes.text("a column"), "Column whose even numbers stay");

    @Override
    protected Transform<Dataset<Row>> transform() {
        return new KeepEven();
    }

    @Override
    protected Mapping settings() {
        return ConfigValues.mapping("column", "n");
    }

    @Override
    protected Dataset<Row> input(SparkSession session) {
        return TestSpark.frame("n BIGINT", RowFactory.create(1L), RowFactory.create(2L), RowFactory.create(4L));
    }

    @Test
    void findsATransformThatRunsItsInput() {
        KeepEvenTest eager = new KeepEvenTest() {
            @Override
            protected Transform<Dataset<Row>> transform() {
                return new KeepEven() {
                    @Override
                    public Dataset<Row> apply(StepInput<Dataset<Row>> input, Step step) {
                        Dataset<Row> result = super.apply(input, step);
                        assertThat(result.count()).isNotNegative();
                        return result;
                    }
                };
            }
        };
        assertThatThrownBy(eager::runsNothingWhenItIsApplied)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("jobs that applying the step starts");
    }

    private static class KeepEven implements Transform<Dataset<Row>> {
        @Override
        public SettingsDeclaration settings() {
            return SettingsDeclaration.of("Keeps even numbers", COLUMN);
        }

        @Override
        public StreamTrait streamTrait(Step step) {
            return StreamTrait.STATELESS;
        }

        @Override
        public Dataset<Row> apply(StepInput<Dataset<Row>> input, Step step) {
            Dataset<Row> frame = input.current().orElseThrow();
            return frame.where(frame.col(step.settings().get(COLUMN)).mod(2).equalTo(0));
        }
    }
}
