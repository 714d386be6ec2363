package io.odibi.monitoring.queries;

/** What a query is doing, in an operator's words. */
public enum QueryState {
    /** Asked to start; its engine has not said yet that it runs. */
    STARTING,
    /** Takes micro-batches. */
    RUNNING,
    /** Gone by a fault that passes, or asked to start anew; it will start again. */
    RESTARTING,
    /** Asked to end; the micro-batch in hand may still commit. */
    DRAINING,
    /** Asked to end, interrupted, and not gone all the same. */
    STUCK,
    /** Asked to end and gone; its last micro-batch was committed. */
    STOPPED,
    /** Asked to end and interrupted; its last micro-batch is taken again at the next start. */
    INTERRUPTED,
    /** Gone by a fault. */
    FAILED,
    /** Gone by itself, with nothing left to do. */
    ENDED;

    /** Whether the query is gone, and will not come back by itself. */
    public boolean isGone() {
        return switch (this) {
            case STARTING, RUNNING, RESTARTING, DRAINING, STUCK -> false;
            case STOPPED, INTERRUPTED, FAILED, ENDED -> true;
        };
    }
}
