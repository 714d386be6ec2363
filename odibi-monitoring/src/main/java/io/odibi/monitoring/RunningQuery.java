package io.odibi.monitoring;

import io.odibi.core.execution.QueryHandle;
import io.odibi.monitoring.queries.QueryStatus;
import io.odibi.monitoring.runs.RunDescription;

/**
 * A query of some run.
 *
 * @param run which run
 * @param status how it was when asked
 */
public record RunningQuery(RunDescription run, QueryStatus status) {

    /** Its name: {@code pipeline.node}. */
    public String name() {
        return status.node().toString();
    }

    /** Its id; empty text until its engine says that it runs. */
    public String id() {
        return status.query().map(QueryHandle::id).orElse("");
    }

    boolean isNamed(String text) {
        return text.equals(name()) || text.equals(id());
    }

    boolean startsWith(String text) {
        return name().startsWith(text) || id().startsWith(text);
    }
}
