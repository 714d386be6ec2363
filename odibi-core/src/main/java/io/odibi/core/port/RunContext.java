package io.odibi.core.port;

import io.odibi.core.execution.Resources;
import io.odibi.core.execution.RunEvent;
import io.odibi.core.plan.Plan;
import java.time.Clock;

/** What an execution mode is given. Safe for use by several threads. */
public interface RunContext {

    /** Names the run; new for each. */
    String runId();

    /** The whole plan. */
    Plan plan();

    /**
     * Returns the transform of that name.
     *
     * @throws IllegalArgumentException if there is none; a plan's steps always have theirs
     */
    Transform<?> transform(String type);

    /** Tells everyone who listens to the run. Never blocks for long. */
    void tell(RunEvent event);

    /** What the plugins know of failures: the first that knows one explains it. */
    FailureExplainer failures();

    /** The time. */
    Clock clock();

    /** What lives as long as the run, such as the engine's session. */
    Resources resources();
}
