package io.odibi.core.plan;

import io.odibi.core.model.OutputMode;
import io.odibi.core.model.StreamingSpec.StateGrowth;
import io.odibi.core.model.Supervision;
import io.odibi.core.model.Trigger;
import io.odibi.core.model.WatermarkSpec;
import io.odibi.core.text.Located;
import io.odibi.core.text.Position;
import java.util.List;

/**
 * How a node runs as a stream.
 *
 * @param trigger when it takes its next micro-batch
 * @param outputMode which rows are written
 * @param checkpoint where its progress is kept: an absolute path or a URI that does not depend on the run
 * @param watermarks how long it waits for late rows
 * @param stateGrowth whether state may grow without bound
 * @param supervision how it is looked after
 * @param at where it was written
 */
public record StreamingPlan(
        Trigger trigger,
        Located<OutputMode> outputMode,
        Located<String> checkpoint,
        List<WatermarkSpec> watermarks,
        StateGrowth stateGrowth,
        Supervision supervision,
        Position at) {

    public StreamingPlan {
        watermarks = List.copyOf(watermarks);
    }
}
