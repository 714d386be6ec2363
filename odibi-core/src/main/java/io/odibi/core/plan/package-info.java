/**
 * What will run: nodes with their inputs, steps, target, trigger and checkpoint, every name resolved. Made by the planner, read
 * by rules and execution modes.
 */
@NullMarked
package io.odibi.core.plan;

import org.jspecify.annotations.NullMarked;
