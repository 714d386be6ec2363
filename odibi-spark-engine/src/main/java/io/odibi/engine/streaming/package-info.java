/**
 * Streaming nodes: each is a Spark query that runs until it ends, fails or is drained.
 * {@link io.odibi.engine.streaming.StreamingExecutionMode} is called by the run through the engine's plugin; what queries do comes back
 * through {@link io.odibi.engine.streaming.QueryEvents}.
 */
@NullMarked
package io.odibi.engine.streaming;

import org.jspecify.annotations.NullMarked;
