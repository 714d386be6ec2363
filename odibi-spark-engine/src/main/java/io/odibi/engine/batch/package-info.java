/**
 * Batch nodes: each runs once, on a thread of its own. {@link io.odibi.engine.batch.BatchExecutionMode} is called by the run through
 * the engine's plugin.
 */
@NullMarked
package io.odibi.engine.batch;

import org.jspecify.annotations.NullMarked;
