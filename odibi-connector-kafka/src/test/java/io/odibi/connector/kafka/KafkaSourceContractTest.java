package io.odibi.connector.kafka;

import io.odibi.core.describe.DataAddress;
import io.odibi.core.port.Source;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.testkit.ConfigValues;
import io.odibi.testkit.SourceContract;

class KafkaSourceContractTest extends SourceContract {

    @Override
    protected Source source() {
        return new KafkaSource();
    }

    @Override
    protected DataAddress address() {
        return Given.address();
    }

    @Override
    protected Mapping minimal() {
        return ConfigValues.mapping("subscribe", "raw_events");
    }

    @Override
    protected Mapping full() {
        return ConfigValues.mapping(
                "subscribe",
                "raw_events",
                "starting_offsets",
                "{\"raw_events\": {\"0\": 23, \"1\": -2}}",
                "include_headers",
                true,
                "fail_on_data_loss",
                false,
                "min_partitions",
                8,
                "kafka.ssl.key.password",
                CANARY);
    }
}
