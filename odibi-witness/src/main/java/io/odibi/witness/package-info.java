/**
 * Microsoft's current Event Hubs client as a program: a request per line of standard input, its answer per line of standard output, both
 * JSON objects. {@code Requests} says what can be asked. It knows nothing of the emulator that the tests hold against it.
 */
@NullMarked
package io.odibi.witness;

import org.jspecify.annotations.NullMarked;
