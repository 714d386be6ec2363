package io.odibi.engine;

import io.odibi.core.model.Processing;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.port.ExecutionMode;
import io.odibi.core.port.NodeExecution;
import io.odibi.core.port.RunContext;
import java.util.function.Function;

/** An execution mode that is made, with Spark, when its first node starts. */
final class DeferredMode implements ExecutionMode {

    private final Processing processing;
    private final Function<RunContext, ExecutionMode> mode;

    /**
     * Makes the mode.
     *
     * @param processing which nodes it carries out
     * @param mode makes, or finds, the one that does the work in a run
     */
    DeferredMode(Processing processing, Function<RunContext, ExecutionMode> mode) {
        this.processing = processing;
        this.mode = mode;
    }

    @Override
    public boolean accepts(NodePlan node) {
        return node.processing() == processing;
    }

    @Override
    public NodeExecution start(NodePlan node, RunContext run) {
        return mode.apply(run).start(node, run);
    }
}
