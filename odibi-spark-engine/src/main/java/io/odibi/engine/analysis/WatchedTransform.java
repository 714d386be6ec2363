package io.odibi.engine.analysis;

import io.odibi.core.describe.Step;
import io.odibi.core.describe.StreamTrait;
import io.odibi.core.port.StepInput;
import io.odibi.core.port.Transform;
import io.odibi.core.settings.SettingsDeclaration;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A transform that tells what it has made. */
final class WatchedTransform implements Transform<Dataset<Row>> {

    private final Transform<Dataset<Row>> transform;
    private final Consumer<AnalyzedNode.Made> watcher;

    WatchedTransform(Transform<Dataset<Row>> transform, Consumer<AnalyzedNode.Made> watcher) {
        this.transform = transform;
        this.watcher = watcher;
    }

    @Override
    public SettingsDeclaration settings() {
        return transform.settings();
    }

    @Override
    public StreamTrait streamTrait(Step step) {
        return transform.streamTrait(step);
    }

    @Override
    public Dataset<Row> apply(StepInput<Dataset<Row>> input, Step step) {
        Dataset<Row> rows = transform.apply(input, step);
        watcher.accept(new AnalyzedNode.Made(step, rows));
        return rows;
    }
}
