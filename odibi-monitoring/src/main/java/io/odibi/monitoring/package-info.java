/**
 * Watching and ending streaming queries: {@link io.odibi.monitoring.RunMonitor} inside a run, {@link io.odibi.monitoring.RunningQueries}
 * from any other process. Called by the command line and by embedders.
 */
@NullMarked
package io.odibi.monitoring;

import org.jspecify.annotations.NullMarked;
