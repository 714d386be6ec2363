/**
 * The files that a stream's progress is kept in: atomic and quick on local disks, and a gate by which a query is drained. Spark makes
 * {@link io.odibi.engine.checkpoint.OdibiCheckpointFileManager} by its name; the streaming mode closes gates.
 */
@NullMarked
package io.odibi.engine.checkpoint;

import org.jspecify.annotations.NullMarked;
