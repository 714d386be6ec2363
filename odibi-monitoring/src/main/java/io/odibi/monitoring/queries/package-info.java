/**
 * What is known of the streaming queries of a run, and how to end them: {@link io.odibi.monitoring.queries.QueryRegistry} for
 * embedders, {@link io.odibi.monitoring.queries.LiveQueries} behind it, fed by the run's events. Used by the control channel.
 */
@NullMarked
package io.odibi.monitoring.queries;

import org.jspecify.annotations.NullMarked;
