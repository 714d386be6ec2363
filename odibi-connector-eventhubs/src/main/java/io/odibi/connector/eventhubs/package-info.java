/**
 * Azure Event Hubs: the connection type, source and sink that YAML calls {@code eventhubs}, over AMQP or the service's Kafka endpoint. They
 * say what to hand to the library azure-eventhubs-spark or to Spark's Kafka connector; that runs there, so no type of either is here.
 * {@link io.odibi.connector.eventhubs.EventHubsPlugin} hands them out.
 */
@NullMarked
package io.odibi.connector.eventhubs;

import org.jspecify.annotations.NullMarked;
