package io.odibi.connector.eventhubs;

import io.odibi.core.port.ConnectionType;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.testkit.ConfigValues;
import io.odibi.testkit.ConnectionContract;

class EventHubsConnectionContractTest extends ConnectionContract {

    @Override
    protected ConnectionType type() {
        return new EventHubsConnection();
    }

    @Override
    protected Mapping minimal() {
        return ConfigValues.mapping("connection_string", Given.STRING);
    }

    @Override
    protected Mapping full() {
        return ConfigValues.mapping(
                "connection_string", Given.STRING + ";EntityPath=orders",
                "event_hub", "orders",
                "consumer_group", "odibi",
                "protocol", "kafka",
                "kafka_bootstrap_servers", "localhost:9093",
                "kafka.ssl.truststore.password", CANARY);
    }
}
