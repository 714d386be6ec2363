package io.odibi.core.execution;

import io.odibi.core.plan.NodeId;
import java.time.Duration;
import java.util.Optional;

/**
 * How a node ended.
 *
 * @param node which node
 * @param outcome well or not
 * @param failure why not; present exactly when it failed
 * @param query its streaming query; empty in batch
 * @param rows how many rows it took and gave
 * @param schema its output's columns as {@code name TYPE, name TYPE}; empty if it never came that far
 * @param elapsed from its start to its end
 */
public record NodeResult(
        NodeId node,
        Outcome outcome,
        Optional<Failure> failure,
        Optional<QueryHandle> query,
        RowCounts rows,
        Optional<String> schema,
        Duration elapsed) {

    /** How a node can end. */
    public enum Outcome {
        /** It did all that it had to do. */
        SUCCEEDED,
        /** It was asked to end, and the micro-batch in hand was committed. */
        STOPPED,
        /** It was asked to end and had to be interrupted. */
        INTERRUPTED,
        /** It ended by a fault. */
        FAILED,
        /** It was asked to end and interrupted, and works on all the same; its run has ended without it. */
        STUCK,
        /** A node that it uses failed, or the run ended before its turn. */
        SKIPPED
    }

    public NodeResult {
        if (failure.isPresent() != (outcome == Outcome.FAILED)) {
            throw new IllegalArgumentException(outcome + " with failure " + failure);
        }
    }

    /** Returns the result of a node that was never started. */
    public static NodeResult skipped(NodeId node) {
        return new NodeResult(
                node,
                Outcome.SKIPPED,
                Optional.empty(),
                Optional.empty(),
                RowCounts.unknown(),
                Optional.empty(),
                Duration.ZERO);
    }

    /** Returns the result of a node that cannot be stopped. */
    public static NodeResult stuck(NodeId node, Optional<QueryHandle> query, Duration elapsed) {
        return new NodeResult(
                node, Outcome.STUCK, Optional.empty(), query, RowCounts.unknown(), Optional.empty(), elapsed);
    }

    /** Returns the result of a node that could not be started. */
    public static NodeResult failed(NodeId node, Failure failure, Duration elapsed) {
        return new NodeResult(
                node,
                Outcome.FAILED,
                Optional.of(failure),
                Optional.empty(),
                RowCounts.unknown(),
                Optional.empty(),
                elapsed);
    }

    /** Returns this result with more words in its failure. */
    public NodeResult because(String words) {
        return new NodeResult(node, outcome, failure.map(known -> known.because(words)), query, rows, schema, elapsed);
    }
}
