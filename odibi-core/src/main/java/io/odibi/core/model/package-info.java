/**
 * The project as it was written: immutable records of pipelines, nodes, reads, steps and writes, each with its position. Made
 * by the loader (or by an embedder in code), read by the planner.
 */
@NullMarked
package io.odibi.core.model;

import org.jspecify.annotations.NullMarked;
