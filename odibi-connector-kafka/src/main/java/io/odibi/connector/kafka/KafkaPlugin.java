package io.odibi.connector.kafka;

import io.odibi.core.port.Contributions;
import io.odibi.core.port.Plugin;

/** Hands out the connection type, source and sink named {@code kafka}, and what is known of its failures. */
public final class KafkaPlugin implements Plugin {

    /** The name that all three have in YAML, and Spark's name of the format. */
    static final String NAME = "kafka";

    /** Made by the service loader. */
    public KafkaPlugin() {}

    @Override
    public void contribute(Contributions to) {
        to.connection(NAME, new KafkaConnection());
        to.source(NAME, new KafkaSource());
        to.sink(NAME, new KafkaSink());
        to.failures(KafkaFailures.ALL);
    }
}
