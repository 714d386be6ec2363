/**
 * Event Hubs over AMQP 1.0 on a loopback address, for tests: start an {@code EventHubsEmulator}, give its connection string to the client,
 * and make the client's JVM trust it. In this JVM that is {@code SSLContext.setDefault(EventHubsEmulator.trusting(emulator))} before the
 * first connection, and the former default afterwards; a child process gets {@code trustOptions()} on its command line.
 */
@NullMarked
package io.odibi.it.eventhubs.emulator;

import org.jspecify.annotations.NullMarked;
