/**
 * Upserts: rows with a known key change what is there, others are added, once for each micro-batch. Described by the formats, carried out
 * by {@link io.odibi.engine.upsert.DeltaUpsert} for whichever mode runs the node.
 */
@NullMarked
package io.odibi.engine.upsert;

import org.jspecify.annotations.NullMarked;
