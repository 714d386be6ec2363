package io.odibi.core.execution;

/** Is told what happens in a run. */
@FunctionalInterface
public interface RunListener {

    /**
     * Is told of an event. Called by several threads, one at a time for each node, in order; must return at once and not throw (what
     * it throws is handed to the thread's uncaught-exception handler and the run goes on).
     */
    void on(RunEvent event);
}
