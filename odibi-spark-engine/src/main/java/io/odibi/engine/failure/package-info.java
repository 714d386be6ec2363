/**
 * From what Spark throws to what a person reads: one line in our words, without class names, plans or secrets. Called by the frames
 * and by the execution modes.
 */
@NullMarked
package io.odibi.engine.failure;

import org.jspecify.annotations.NullMarked;
