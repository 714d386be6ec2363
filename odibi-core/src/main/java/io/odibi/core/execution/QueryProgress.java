package io.odibi.core.execution;

import io.odibi.core.plan.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a streaming query did in one micro-batch.
 *
 * @param node which node
 * @param query its query
 * @param batch the micro-batch's number
 * @param at when the micro-batch began
 * @param rows rows taken from the sources and written to the sink
 * @param rowsPerSecond rows taken per second of work; absent when there was no work
 * @param duration how long the micro-batch took
 * @param phases how long its phases took, in the engine's words and in their order: {@code latestOffset}, {@code addBatch}
 * @param watermark the event time up to which late rows are dropped; empty without a watermark or before it first moves
 * @param lag records that wait in the sources; absent where the source does not say
 * @param state rows held in state, over all operators; absent without state
 * @param stateBytes memory that the state takes, over all operators; absent without state
 * @param sources what was taken from each source
 * @param lateRows rows dropped because they came after the watermark, in this micro-batch
 */
public record QueryProgress(
        NodeId node,
        QueryHandle query,
        long batch,
        Instant at,
        RowCounts rows,
        OptionalDouble rowsPerSecond,
        Duration duration,
        Map<String, Duration> phases,
        Optional<Instant> watermark,
        OptionalLong lag,
        OptionalLong state,
        OptionalLong stateBytes,
        List<SourceRead> sources,
        long lateRows) {

    /**
     * What was taken from one source.
     *
     * @param source names it, the same in every run: no ids, no offsets
     * @param rows rows taken
     * @param lag records that wait there; absent where the source does not say
     */
    public record SourceRead(String source, long rows, OptionalLong lag) {}

    public QueryProgress {
        phases = Collections.unmodifiableMap(new LinkedHashMap<>(phases));
        sources = List.copyOf(sources);
    }
}
