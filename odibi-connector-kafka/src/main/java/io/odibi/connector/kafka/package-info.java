/**
 * Kafka: the connection type, source and sink named {@code kafka}. Turns settings into options of Spark's Kafka source and sink, and
 * finds every setting that Spark or Kafka would refuse; knows no Spark type and contacts no broker. Found through
 * {@link io.odibi.connector.kafka.KafkaPlugin}, called by the planner.
 */
@NullMarked
package io.odibi.connector.kafka;

import org.jspecify.annotations.NullMarked;
