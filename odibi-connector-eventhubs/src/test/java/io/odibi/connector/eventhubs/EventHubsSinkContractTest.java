package io.odibi.connector.eventhubs;

import io.odibi.core.describe.DataAddress;
import io.odibi.core.port.Sink;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.testkit.ConfigValues;
import io.odibi.testkit.SinkContract;

class EventHubsSinkContractTest extends SinkContract {

    @Override
    protected Sink sink() {
        return new EventHubsSink();
    }

    @Override
    protected DataAddress address() {
        return Given.amqp();
    }

    @Override
    protected Mapping minimal() {
        return ConfigValues.mapping();
    }

    @Override
    protected Mapping full() {
        return ConfigValues.mapping("event_hub", "returns", "operation_timeout", "20 seconds", "thread_pool_size", 4);
    }
}
