package io.odibi.connector.eventhubs;

import io.odibi.core.describe.DataAddress;
import io.odibi.core.port.Source;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.testkit.ConfigValues;
import io.odibi.testkit.SourceContract;

class EventHubsSourceContractTest extends SourceContract {

    @Override
    protected Source source() {
        return new EventHubsSource();
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
        return ConfigValues.mapping(
                "event_hub", "returns",
                "consumer_group", "odibi",
                "starting_position", "2026-01-31T08:00:00Z",
                "receiver_timeout", "10 seconds",
                "operation_timeout", "20 seconds",
                "prefetch_count", 100,
                "thread_pool_size", 4,
                "use_exclusive_receiver", false,
                "partition_preferred_location_strategy", "BalancedHash");
    }
}
