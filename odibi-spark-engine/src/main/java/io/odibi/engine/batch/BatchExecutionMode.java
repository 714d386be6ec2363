package io.odibi.engine.batch;

import io.odibi.core.model.Processing;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.port.ExecutionMode;
import io.odibi.core.port.NodeExecution;
import io.odibi.core.port.RunContext;
import io.odibi.engine.frames.FramesOfRuns;
import io.odibi.engine.session.EngineSession;

/**
 * Runs a node once over its whole input. A node without a write is a view for those that build on it and is never computed for its own
 * sake; a node with a write hands on the rows that it wrote, as a plan: they do not read its target, which may hold more than this
 * node's rows.
 */
public final class BatchExecutionMode implements ExecutionMode {

    private final EngineSession session;
    private final FramesOfRuns frames;

    /**
     * Makes the mode.
     *
     * @param session where it runs
     * @param frames what the nodes of a run have made
     */
    public BatchExecutionMode(EngineSession session, FramesOfRuns frames) {
        this.session = session;
        this.frames = frames;
    }

    @Override
    public boolean accepts(NodePlan node) {
        return node.processing() == Processing.BATCH;
    }

    @Override
    public NodeExecution start(NodePlan node, RunContext run) {
        BatchExecution execution = new BatchExecution(node, run, session, frames.of(run));
        execution.start();
        return execution;
    }
}
