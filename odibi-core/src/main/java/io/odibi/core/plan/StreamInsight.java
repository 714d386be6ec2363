package io.odibi.core.plan;

import io.odibi.core.text.Position;
import java.util.List;

/**
 * What the analysis of a streaming node tells beside its faults; for people who read the plan.
 *
 * @param watermarks where its watermarks are set
 * @param state what it remembers between micro-batches; empty if nothing
 */
public record StreamInsight(List<WatermarkPlace> watermarks, List<StatefulOperator> state) {

    /**
     * A watermark and the place where it is set.
     *
     * @param column the event-time column
     * @param where in words: {@code after step 2 (derive)}
     */
    public record WatermarkPlace(String column, String where) {}

    /**
     * An operator that remembers rows.
     *
     * @param operator what it is, in words: {@code aggregate by window, page}
     * @param at the step that makes it, or the node
     * @param bound what ends its memory, in words; says so where nothing does
     */
    public record StatefulOperator(String operator, Position at, String bound) {}

    public StreamInsight {
        watermarks = List.copyOf(watermarks);
        state = List.copyOf(state);
    }
}
