/**
 * Which runs there are on this machine: each writes a small file into the user's state folder, {@link io.odibi.monitoring.runs.RunFolder},
 * and takes it back at its end. Used by whoever opens or asks for the control channel.
 */
@NullMarked
package io.odibi.monitoring.runs;

import org.jspecify.annotations.NullMarked;
