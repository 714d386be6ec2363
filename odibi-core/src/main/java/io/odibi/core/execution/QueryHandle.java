package io.odibi.core.execution;

/**
 * Names a streaming query.
 *
 * @param id the same after each restart from its checkpoint
 * @param runId new for each start
 * @param name {@code pipeline.node}
 */
public record QueryHandle(String id, String runId, String name) {}
