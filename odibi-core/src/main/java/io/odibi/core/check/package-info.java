/**
 * The second look: rules over a plan, and the only place that makes a {@link io.odibi.core.check.CheckedPlan}, without which
 * nothing can be started.
 */
@NullMarked
package io.odibi.core.check;

import org.jspecify.annotations.NullMarked;
