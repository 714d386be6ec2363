package io.odibi.monitoring.runs;

import java.time.Instant;

/**
 * Names a run to an operator.
 *
 * @param runId new for each run
 * @param project the project's name
 * @param pid the process that runs it
 * @param host the machine that the process is on
 * @param started when it began
 */
public record RunDescription(String runId, String project, long pid, String host, Instant started) {

    /** Describes a run of this process. */
    public static RunDescription ofThisProcess(String runId, String project, Instant started) {
        return new RunDescription(runId, project, ProcessHandle.current().pid(), LocalProcess.thisHost(), started);
    }
}
