package io.odibi.testkit;

import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.QueryHandle;
import io.odibi.core.execution.RowCounts;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.port.ExecutionMode;
import io.odibi.core.port.NodeExecution;
import io.odibi.core.port.Plugin;
import io.odibi.core.port.RunContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An engine that accepts every node and does nothing: a project can be checked, and a run carried out, without Spark. Keeps which nodes
 * it was to run.
 */
public final class IdleEngine implements ExecutionMode {

    private final List<NodePlan> started = new CopyOnWriteArrayList<>();

    /** Makes an engine that has run nothing. */
    public IdleEngine() {}

    /** Returns the plugin that hands this engine out. */
    public Plugin plugin() {
        return to -> to.executionMode("idle", this);
    }

    /** The nodes that were started, in order. */
    public List<NodePlan> started() {
        return List.copyOf(started);
    }

    @Override
    public boolean accepts(NodePlan node) {
        return true;
    }

    @Override
    public NodeExecution start(NodePlan node, RunContext run) {
        started.add(node);
        return new Ended(node);
    }

    private record Ended(NodePlan node) implements NodeExecution {

        @Override
        public Optional<QueryHandle> query() {
            return Optional.empty();
        }

        @Override
        public CompletionStage<NodeResult> completion() {
            return CompletableFuture.completedFuture(new NodeResult(
                    node.id(),
                    NodeResult.Outcome.SUCCEEDED,
                    Optional.empty(),
                    Optional.empty(),
                    RowCounts.unknown(),
                    Optional.empty(),
                    Duration.ZERO));
        }

        @Override
        public boolean drain(Duration grace) {
            return true;
        }
    }
}
