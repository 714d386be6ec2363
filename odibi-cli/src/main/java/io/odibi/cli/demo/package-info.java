/**
 * The surroundings of {@code odibi demo}: a real Kafka broker on this machine and a feed of real events for it.
 *
 * <p>Called by the demo command, and by the integration tests, which need the same broker. Nothing here knows pipelines,
 * Spark or the rest of Odibi: {@link io.odibi.cli.demo.LocalKafkaBroker} starts, stops and kills a broker,
 * {@link io.odibi.cli.demo.EarthquakeFeed} publishes to any broker.
 */
@NullMarked
package io.odibi.cli.demo;

import org.jspecify.annotations.NullMarked;
