package io.odibi.core.model;

import io.odibi.core.text.Located;
import io.odibi.core.text.Position;
import java.util.List;
import java.util.Optional;

/**
 * How a node runs as a stream.
 *
 * @param trigger when it takes its next micro-batch; empty for the product's default
 * @param outputMode which rows are written
 * @param checkpointLocation where its progress is kept; empty for the stable default by pipeline and node
 * @param watermarks how long it waits for late rows, per input
 * @param stateGrowth whether state may grow without bound
 * @param supervision how it is looked after
 * @param at where it was written
 */
public record StreamingSpec(
        Optional<Located<Trigger>> trigger,
        Located<OutputMode> outputMode,
        Optional<Located<String>> checkpointLocation,
        List<WatermarkSpec> watermarks,
        StateGrowth stateGrowth,
        Supervision supervision,
        Position at) {

    /** Whether state may grow for as long as the query lives. */
    public enum StateGrowth {
        /** It has to be bounded. */
        BOUNDED,
        /** The user takes it ({@code unbounded_state: accept}). */
        ACCEPTED
    }

    public StreamingSpec {
        watermarks = List.copyOf(watermarks);
    }
}
