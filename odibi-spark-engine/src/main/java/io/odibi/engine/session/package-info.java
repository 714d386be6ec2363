/**
 * The Spark session of a project and what Odibi sets in it. Opened once for a check and the runs after it; used by the execution
 * modes and the analysis.
 */
@NullMarked
package io.odibi.engine.session;

import org.jspecify.annotations.NullMarked;
