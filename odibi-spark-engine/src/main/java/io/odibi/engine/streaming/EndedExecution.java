package io.odibi.engine.streaming;

import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.QueryHandle;
import io.odibi.core.port.NodeExecution;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A node that has ended before it ran: a view, or one that could not be started. */
record EndedExecution(CompletionStage<NodeResult> completion) implements NodeExecution {

    static EndedExecution of(NodeResult result) {
        return new EndedExecution(CompletableFuture.completedStage(result));
    }

    @Override
    public Optional<QueryHandle> query() {
        return Optional.empty();
    }

    @Override
    public boolean drain(Duration grace) {
        return true;
    }
}
