/**
 * The ports. A connector author implements {@link io.odibi.core.port.Source}, {@link io.odibi.core.port.Sink} and
 * {@link io.odibi.core.port.ConnectionType}, a transform author {@link io.odibi.core.port.Transform}, an engine author
 * {@link io.odibi.core.port.ExecutionMode}; a {@link io.odibi.core.port.Plugin} hands them out. Ports describe, engines perform.
 */
@NullMarked
package io.odibi.core.port;

import org.jspecify.annotations.NullMarked;
