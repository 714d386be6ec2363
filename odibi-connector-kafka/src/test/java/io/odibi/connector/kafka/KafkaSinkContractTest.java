package io.odibi.connector.kafka;

import io.odibi.core.describe.DataAddress;
import io.odibi.core.port.Sink;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.testkit.ConfigValues;
import io.odibi.testkit.SinkContract;

class KafkaSinkContractTest extends SinkContract {

    @Override
    protected Sink sink() {
        return new KafkaSink();
    }

    @Override
    protected DataAddress address() {
        return Given.address();
    }

    @Override
    protected Mapping minimal() {
        return ConfigValues.mapping("topic", "alerts");
    }

    @Override
    protected Mapping full() {
        return ConfigValues.mapping("topic", "alerts", "kafka.linger.ms", 20, "kafka.ssl.key.password", CANARY);
    }
}
