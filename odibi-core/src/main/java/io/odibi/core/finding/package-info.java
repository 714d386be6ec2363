/**
 * Faults in a user's files: one {@link io.odibi.core.finding.Finding} each, with its code, place, reason and mend. Every
 * stage before the start reports here and nowhere else.
 */
@NullMarked
package io.odibi.core.finding;

import org.jspecify.annotations.NullMarked;
