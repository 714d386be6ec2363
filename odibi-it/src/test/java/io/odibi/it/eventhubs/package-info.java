/** Event Hubs end to end: pipelines on the emulator over AMQP, and on a broker that looks like the service's Kafka endpoint. */
package io.odibi.it.eventhubs;
