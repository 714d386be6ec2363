package io.odibi.witness;

import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventDataBatch;
import com.azure.messaging.eventhubs.EventHubBufferedProducerClient;
import com.azure.messaging.eventhubs.EventHubConsumerClient;
import com.azure.messaging.eventhubs.EventHubProducerClient;
import com.azure.messaging.eventhubs.EventHubProperties;
import com.azure.messaging.eventhubs.PartitionProperties;
import com.azure.messaging.eventhubs.models.CreateBatchOptions;
import com.azure.messaging.eventhubs.models.EventPosition;
import com.azure.messaging.eventhubs.models.PartitionEvent;
import com.azure.messaging.eventhubs.models.ReceiveOptions;
import com.azure.messaging.eventhubs.models.SendOptions;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked. Each request names what to {@code do} and the {@code connection} string, and for receivers the {@code group}
 * ({@code $Default} if it does not).
 *
 * <ul>
 *   <li>{@code hub}: the hub and its partitions
 *   <li>{@code partition}: what one, named by {@code partition}, holds
 *   <li>{@code send}: {@code bodies} with {@code properties}, to a {@code partition} or by a {@code key} or to any; in one
 *       {@code batch} if that is true, else in one message for the list
 *   <li>{@code scatter}: an event for each of {@code keys}, to the partition that the client itself takes to be the key's
 *   <li>{@code receive}: {@code count} events of a {@code partition} after {@code from} (a sequence number, an {@code offset} or a
 *       {@code time} in its place, or none for all), with an {@code epoch} if given; fewer if no more come within {@code seconds}
 *   <li>{@code hold}: keeps a receiver with an {@code epoch} on a {@code partition}, which has to have an event; one at a time
 *   <li>{@code lost}: waits until that receiver is lost, and tells why
 * </ul>
 */
final class Requests implements AutoCloseable {

    private static final int DEFAULT_SECONDS = 5;

    private final Clients clients = new Clients();
    private @Nullable HeldReceiver held;

    Map<String, Object> answer(JsonNode request) {
        return switch (request.path("do").asText()) {
            case "hub" -> hub(request);
            case "partition" -> partition(request);
            case "send" -> send(request);
            case "scatter" -> scatter(request);
            case "receive" -> receive(request);
            case "hold" -> hold(request);
            case "lost" -> lost();
            default -> Map.of("error", List.of("do what?"));
        };
    }

    @Override
    public void close() {
        if (held != null) {
            held.close();
        }
        clients.close();
    }

    private Map<String, Object> hub(JsonNode request) {
        EventHubProperties hub = clients.consumer(request).getEventHubProperties();
        return Map.of(
                "name", hub.getName(),
                "created", hub.getCreatedAt().toString(),
                "partitions", hub.getPartitionIds().stream().toList());
    }

    private Map<String, Object> partition(JsonNode request) {
        PartitionProperties partition = clients.consumer(request)
                .getPartitionProperties(request.path("partition").asText());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("hub", partition.getEventHubName());
        answer.put("begin", partition.getBeginningSequenceNumber());
        answer.put("last", partition.getLastEnqueuedSequenceNumber());
        answer.put("lastOffset", partition.getLastEnqueuedOffset());
        answer.put("lastTime", partition.getLastEnqueuedTime().toString());
        answer.put("empty", partition.isEmpty());
        return answer;
    }

    private Map<String, Object> send(JsonNode request) {
        List<EventData> events = new ArrayList<>();
        request.path("bodies").forEach(body -> events.add(event(body.asText(), request.path("properties"))));
        EventHubProducerClient producer = clients.producer(request);
        if (request.path("batch").asBoolean()) {
            CreateBatchOptions options = new CreateBatchOptions();
            options.setPartitionId(text(request, "partition"));
            options.setPartitionKey(text(request, "key"));
            EventDataBatch batch = producer.createBatch(options);
            events.forEach(batch::tryAdd);
            producer.send(batch);
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("sent", batch.getCount());
            answer.put("maxBatch", batch.getMaxSizeInBytes());
            return answer;
        }
        SendOptions options = new SendOptions();
        options.setPartitionId(text(request, "partition"));
        options.setPartitionKey(text(request, "key"));
        producer.send(events, options);
        return Map.of("sent", events.size());
    }

    private Map<String, Object> scatter(JsonNode request) {
        EventHubBufferedProducerClient producer = clients.newBufferedProducer(request);
        try {
            request.path("keys")
                    .forEach(key -> producer.enqueueEvent(
                            new EventData(key.asText()), new SendOptions().setPartitionKey(key.asText())));
            producer.flush();
        } finally {
            producer.close();
        }
        return Map.of("sent", request.path("keys").size());
    }

    private Map<String, Object> receive(JsonNode request) {
        EventHubConsumerClient consumer = clients.newConsumer(request);
        try {
            List<Map<String, Object>> events = new ArrayList<>();
            consumer.receiveFromPartition(
                            request.path("partition").asText(),
                            request.path("count").asInt(),
                            position(request),
                            Duration.ofSeconds(request.path("seconds").asInt(DEFAULT_SECONDS)),
                            options(request))
                    .forEach(event -> events.add(told(event)));
            return Map.of("events", events);
        } finally {
            consumer.close();
        }
    }

    private Map<String, Object> hold(JsonNode request) {
        if (held != null) {
            held.close();
        }
        HeldReceiver receiver = new HeldReceiver(
                clients.newAsyncConsumer(request), request.path("partition").asText(), options(request));
        held = receiver;
        return receiver.begin();
    }

    private Map<String, Object> lost() {
        return held == null ? Map.of("error", List.of("nothing is held")) : held.loss();
    }

    private static EventData event(String body, JsonNode properties) {
        EventData event = new EventData(body);
        properties
                .properties()
                .forEach(property -> event.getProperties()
                        .put(
                                property.getKey(),
                                property.getValue().isIntegralNumber()
                                        ? property.getValue().asLong()
                                        : property.getValue().asText()));
        return event;
    }

    private static EventPosition position(JsonNode request) {
        if (request.has("offset")) {
            return EventPosition.fromOffsetString(request.path("offset").asText());
        }
        if (request.has("time")) {
            return EventPosition.fromEnqueuedTime(
                    Instant.parse(request.path("time").asText()));
        }
        return request.has("from")
                ? EventPosition.fromSequenceNumber(request.path("from").asLong())
                : EventPosition.earliest();
    }

    private static ReceiveOptions options(JsonNode request) {
        ReceiveOptions options = new ReceiveOptions().setTrackLastEnqueuedEventProperties(true);
        return request.has("epoch")
                ? options.setOwnerLevel(request.path("epoch").asLong())
                : options;
    }

    private static Map<String, Object> told(PartitionEvent event) {
        EventData data = event.getData();
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("body", data.getBodyAsString());
        told.put("sequenceNumber", data.getSequenceNumber());
        told.put("offset", data.getOffsetString());
        told.put("time", data.getEnqueuedTime().toString());
        told.put("key", data.getPartitionKey());
        told.put("properties", data.getProperties());
        told.put("last", event.getLastEnqueuedEventProperties().getSequenceNumber());
        told.put("lastOffset", event.getLastEnqueuedEventProperties().getOffsetString());
        return told;
    }

    private static @Nullable String text(JsonNode request, String name) {
        return request.has(name) ? request.path(name).asText() : null;
    }
}
