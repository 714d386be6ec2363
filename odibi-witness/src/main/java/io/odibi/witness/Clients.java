package io.odibi.witness;

import com.azure.core.amqp.AmqpRetryOptions;
import com.azure.messaging.eventhubs.EventHubBufferedProducerClient;
import com.azure.messaging.eventhubs.EventHubBufferedProducerClientBuilder;
import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventHubConsumerAsyncClient;
import com.azure.messaging.eventhubs.EventHubConsumerClient;
import com.azure.messaging.eventhubs.EventHubProducerClient;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The clients that requests go through; what connects only asks or sends is kept for the next request. */
final class Clients implements AutoCloseable {

    private static final AmqpRetryOptions RETRY = new AmqpRetryOptions()
            .setTryTimeout(Duration.ofSeconds(10))
            .setMaxRetries(3)
            .setDelay(Duration.ofMillis(100));

    private final Map<String, EventHubConsumerClient> consumers = new HashMap<>();
    private final Map<String, EventHubProducerClient> producers = new HashMap<>();

    EventHubConsumerClient consumer(JsonNode request) {
        return consumers.computeIfAbsent(connection(request), unused -> newConsumer(request));
    }

    EventHubProducerClient producer(JsonNode request) {
        return producers.computeIfAbsent(
                connection(request), connection -> builder(request).buildProducerClient());
    }

    /** A client for the caller to close. */
    EventHubConsumerClient newConsumer(JsonNode request) {
        return builder(request).buildConsumerClient();
    }

    /** A client for the caller to close. */
    EventHubConsumerAsyncClient newAsyncConsumer(JsonNode request) {
        return builder(request).buildAsyncConsumerClient();
    }

    /** A client for the caller to close. */
    EventHubBufferedProducerClient newBufferedProducer(JsonNode request) {
        return new EventHubBufferedProducerClientBuilder()
                .connectionString(connection(request))
                .retryOptions(RETRY)
                .onSendBatchSucceeded(batch -> {})
                .onSendBatchFailed(batch -> {})
                .buildClient();
    }

    @Override
    public void close() {
        consumers.values().forEach(EventHubConsumerClient::close);
        producers.values().forEach(EventHubProducerClient::close);
    }

    private static EventHubClientBuilder builder(JsonNode request) {
        return new EventHubClientBuilder()
                .connectionString(connection(request))
                .consumerGroup(request.path("group").asText("$Default"))
                .retryOptions(RETRY);
    }

    private static String connection(JsonNode request) {
        return request.path("connection").asText();
    }
}
