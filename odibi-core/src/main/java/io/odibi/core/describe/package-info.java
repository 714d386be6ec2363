/**
 * What plugins say: descriptions of connections, scans, targets and their traits. Pure data, made by adapters of the ports, read
 * by the planner, by rules and by engines.
 */
@NullMarked
package io.odibi.core.describe;

import org.jspecify.annotations.NullMarked;
