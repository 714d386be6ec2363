package io.odibi.testkit.spark;

import io.odibi.core.model.Processing;
import io.odibi.core.port.StepInput;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a step works on, for tests.
 *
 * @param current the current frame
 * @param named named inputs
 * @param processing how the node treats its input
 */
public record FrameInput(Optional<Dataset<Row>> current, Map<String, Dataset<Row>> named, Processing processing)
        implements StepInput<Dataset<Row>> {

    public FrameInput {
        named = Map.copyOf(named);
    }

    /** Returns the input of a step that has one frame and nothing else; a stream is treated as one. */
    public static FrameInput of(Dataset<Row> frame) {
        return new FrameInput(
                Optional.of(frame), Map.of(), frame.isStreaming() ? Processing.STREAMING : Processing.BATCH);
    }

    @Override
    public Object session() {
        return TestSpark.session();
    }
}
