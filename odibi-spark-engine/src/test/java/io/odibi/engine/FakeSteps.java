package io.odibi.engine;

import io.odibi.core.describe.Step;
import io.odibi.core.describe.StreamTrait;
import io.odibi.core.port.Contributions;
import io.odibi.core.port.Plugin;
import io.odibi.core.port.StepInput;
import io.odibi.core.port.Transform;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.ValueTypes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A plain {@code sql} step, as far as the engine's tests need one. */
public final class FakeSteps implements Plugin {

    @Override
    public void contribute(Contributions to) {
        to.transform("sql", new Sql());
    }

    private static final class Sql implements Transform<Dataset<Row>> {
        private static final Setting<String> QUERY = Setting.required("query", ValueTypes.text(), "the query");

        @Override
        public SettingsDeclaration settings() {
            return SettingsDeclaration.of("SQL", QUERY);
        }

        @Override
        public StreamTrait streamTrait(Step step) {
            return StreamTrait.BY_ANALYSIS;
        }

        @Override
        public Dataset<Row> apply(StepInput<Dataset<Row>> input, Step step) {
            input.current().ifPresent(rows -> rows.createOrReplaceTempView("input"));
            input.named().forEach((name, rows) -> rows.createOrReplaceTempView(name));
            return ((SparkSession) input.session()).sql(step.settings().get(QUERY));
        }
    }
}
