/**
 * From what was written to what will run: the planner resolves names against the project and the installed plugins, and says
 * everything that does not fit. Called by the front door.
 */
@NullMarked
package io.odibi.core.planning;

import org.jspecify.annotations.NullMarked;
