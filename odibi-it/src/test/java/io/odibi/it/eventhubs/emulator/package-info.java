/**
 * Event Hubs over AMQP 1.0 on a loopback address, for tests: start an {@code EventHubsEmulator} and give its connection string to a client
 * that trusts it. In this JVM that takes {@code SSLContext.setDefault(EventHubsEmulator.trusting(emulator))} before the first connection
 * (and the former default afterwards), in a child process {@code trustOptions()} on its command line. The class says what it does as the
 * service does and what it leaves out: above all Azure AD, web sockets, separate rights for sending and listening, and throttling.
 */
@NullMarked
package io.odibi.it.eventhubs.emulator;

import org.jspecify.annotations.NullMarked;
