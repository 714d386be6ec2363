package io.odibi.connector.kafka;

import io.odibi.core.port.ConnectionType;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.testkit.ConfigValues;
import io.odibi.testkit.ConnectionContract;

class KafkaConnectionContractTest extends ConnectionContract {

    @Override
    protected ConnectionType type() {
        return new KafkaConnection();
    }

    @Override
    protected Mapping minimal() {
        return ConfigValues.mapping("bootstrap_servers", "localhost:9092");
    }

    @Override
    protected Mapping full() {
        return ConfigValues.mapping(
                "bootstrap_servers", "localhost:9092",
                "security_protocol", "SASL_SSL",
                "sasl_mechanism", "SCRAM-SHA-512",
                "sasl_username", "alice",
                "sasl_password", CANARY,
                "kafka.ssl.truststore.location", "/etc/truststore",
                "kafka.ssl.truststore.password", CANARY);
    }
}
