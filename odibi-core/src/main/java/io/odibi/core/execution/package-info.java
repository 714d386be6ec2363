/**
 * Between a run and an execution mode: what a mode is given, what it hands back, and what it tells while it works. Implemented
 * against by execution modes and listeners.
 */
@NullMarked
package io.odibi.core.execution;

import org.jspecify.annotations.NullMarked;
