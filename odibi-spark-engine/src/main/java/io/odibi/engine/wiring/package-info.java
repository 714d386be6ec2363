/** Puts the engine's parts together, with Guice; nothing else in the engine knows Guice. Called by the engine's plugin. */
@NullMarked
package io.odibi.engine.wiring;

import org.jspecify.annotations.NullMarked;
