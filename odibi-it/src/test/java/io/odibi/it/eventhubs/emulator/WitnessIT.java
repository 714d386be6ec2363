package io.odibi.it.eventhubs.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.azure.eventhubs.EventData;
import com.microsoft.azure.eventhubs.EventPosition;
import com.microsoft.azure.eventhubs.PartitionReceiver;
import com.microsoft.azure.eventhubs.ReceiverDisconnectedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Microsoft's current client, which nobody wrote the emulator for, and the older one agree about it. */
@Timeout(120)
class WitnessIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final AtomicInteger HUBS = new AtomicInteger();

    private static EventHubsEmulator emulator;
    private static WitnessProcess witness;
    private static SSLContext usual;

    private final String hub = "hub" + HUBS.incrementAndGet();

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        emulator = EventHubsEmulator.start(folder);
        usual = SSLContext.getDefault();
        SSLContext.setDefault(EventHubsEmulator.trusting(emulator));
        witness = WitnessProcess.trusting(emulator);
    }

    @AfterAll
    static void stop() throws Exception {
        SSLContext.setDefault(usual);
        witness.close();
        emulator.close();
    }

    @Test
    void sendsWhatTheOlderClientReads() throws Exception {
        emulator.createHub(hub, 3);
        ask("send", Map.of("bodies", List.of("a", "b"), "partition", "1", "properties", Map.of("n", 7, "s", "text")));
        JsonNode batch = ask("send", Map.of("bodies", List.of("c", "d", "e"), "key", "k1", "batch", true));
        assertThat(batch).hasToString("{\"sent\":3,\"maxBatch\":1048576}");
        ask("send", Map.of("bodies", List.of("f")));
        ask("send", Map.of("bodies", List.of("g")));

        List<StoredEvent> stored = emulator.events(hub);

        assertThat(stored).hasSize(7);
        assertThat(emulator.events(hub, 1).subList(0, 2))
                .extracting(StoredEvent::text)
                .containsExactly("a", "b");
        try (LegacyClient client = LegacyClient.to(emulator.connectionString(hub))) {
            for (int partition = 0; partition < 3; partition++) {
                List<StoredEvent> kept = emulator.events(hub, partition);
                List<EventData> read = client.receive(partition, EventPosition.fromStartOfStream(), kept.size());
                assertThat(read.stream().map(WitnessIT::told).toList())
                        .isEqualTo(kept.stream().map(WitnessIT::told).toList());
            }
        }
        assertThat(stored.get(indexOf(stored, "a")).properties()).isEqualTo(Map.of("n", 7L, "s", "text"));
        assertThat(stored)
                .filteredOn(event -> event.key() != null)
                .extracting(StoredEvent::text, StoredEvent::key)
                .containsExactly(tuple("c", "k1"), tuple("d", "k1"), tuple("e", "k1"));
    }

    @Test
    void readsWhatTheOlderClientSends() throws Exception {
        emulator.createHub(hub, 2);
        try (LegacyClient client = LegacyClient.to(emulator.connectionString(hub))) {
            EventData withProperties = LegacyClient.event("a");
            withProperties.getProperties().put("n", 7);
            withProperties.getProperties().put("s", "text");
            client.client().createPartitionSenderSync("1").sendSync(withProperties);
            client.client().sendSync(LegacyClient.event("b"), "k1");
            client.client().sendSync(List.of(LegacyClient.event("c"), LegacyClient.event("d")), "k1");
        }
        for (int partition = 0; partition < 2; partition++) {
            List<StoredEvent> kept = emulator.events(hub, partition);

            List<JsonNode> read = receive(Map.of("partition", "" + partition, "count", kept.size(), "seconds", 2));

            assertThat(read.stream().map(WitnessIT::told).toList())
                    .isEqualTo(kept.stream().map(WitnessIT::told).toList());
            // The runtime metric: what the partition holds last.
            assertThat(read).allSatisfy(event -> {
                assertThat(event.path("last").asLong()).isEqualTo(kept.size() - 1);
                assertThat(event.path("lastOffset").asText())
                        .isEqualTo("" + kept.get(kept.size() - 1).offset());
            });
        }
        JsonNode first = receive(Map.of("partition", "1", "count", 1)).get(0);
        assertThat(first.path("properties").path("n").asInt()).isEqualTo(7);
        assertThat(first.path("properties").path("s").asText()).isEqualTo("text");
    }

    @Test
    void beginsWhereItIsToldTo() throws Exception {
        emulator.createHub(hub, 1);
        IntStream.range(0, 5).forEach(i -> emulator.publish(hub, 0, "event " + i));
        StoredEvent second = emulator.events(hub, 0).get(1);
        Map<String, Object> three = Map.of("partition", "0", "count", 3);

        assertThat(bodies(receive(with(three, "from", 1)))).containsExactly("event 2", "event 3", "event 4");
        assertThat(bodies(receive(with(three, "offset", "" + second.offset()))))
                .containsExactly("event 2", "event 3", "event 4");
        assertThat(bodies(receive(with(
                        three,
                        "time",
                        emulator.events(hub, 0).get(0).enqueued().minusMillis(1).toString()))))
                .containsExactly("event 0", "event 1", "event 2");
        assertThat(ask("receive", with(three, "from", 5)).path("error").toString())
                .contains("The supplied sequence number '5' is invalid. The last sequence number in the system is '4'");
    }

    @Test
    void tellsTheSameOfAHubAndItsPartitions() throws Exception {
        emulator.createHub(hub, 2);
        IntStream.range(0, 3).forEach(i -> emulator.publish(hub, 1, "event " + i));

        assertThat(ask("hub", Map.of()).path("partitions"))
                .extracting(JsonNode::asText)
                .containsExactly("0", "1");
        JsonNode unused = ask("partition", Map.of("partition", "0"));
        assertThat(unused.path("empty").asBoolean()).isTrue();
        assertThat(unused.path("last").asLong()).isEqualTo(-1);
        JsonNode used = ask("partition", Map.of("partition", "1"));
        assertThat(used.path("begin").asLong()).isZero();
        assertThat(used.path("last").asLong()).isEqualTo(2);
        assertThat(used.path("lastOffset").asText())
                .isEqualTo("" + emulator.events(hub, 1).get(2).offset());
    }

    @Test
    void findsNoEventsThatHaveExpired() throws Exception {
        emulator.createHub(hub, 1);
        IntStream.range(0, 6).forEach(i -> emulator.publish(hub, 0, "event " + i));

        assertThat(emulator.expire(hub, 0, 3)).isEqualTo(4);

        JsonNode partition = ask("partition", Map.of("partition", "0"));
        assertThat(partition.path("begin").asLong()).isEqualTo(4);
        assertThat(partition.path("last").asLong()).isEqualTo(5);
        assertThat(bodies(receive(Map.of("partition", "0", "count", 2)))).containsExactly("event 4", "event 5");
        assertThat(bodies(receive(Map.of("partition", "0", "count", 2, "from", 1))))
                .containsExactly("event 4", "event 5");
    }

    @Test
    void takesAPartitionFromTheOlderClientAndLosesItAgain() throws Exception {
        emulator.createHub(hub, 1);
        emulator.publish(hub, 0, "event");
        try (LegacyClient client = LegacyClient.to(emulator.connectionString(hub))) {
            PartitionReceiver older =
                    client.client().createEpochReceiverSync("$Default", "0", EventPosition.fromStartOfStream(), 1);
            LegacyClient.receive(older, 1);
            CompletableFuture<?> waiting = older.receive(1);

            assertThat(ask("hold", Map.of("partition", "0", "epoch", 2))
                            .path("holds")
                            .asLong(-1))
                    .isZero();
            assertThat(waiting)
                    .failsWithin(LIMIT)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(ReceiverDisconnectedException.class)
                    .withMessageContaining("with higher epoch of '2' is created hence current receiver");

            PartitionReceiver again =
                    client.client().createEpochReceiverSync("$Default", "0", EventPosition.fromStartOfStream(), 3);
            JsonNode loss = ask("lost", Map.of());
            assertThat(loss.path("condition").asText()).isEqualTo("amqp:link:stolen");
            assertThat(loss.path("error").toString()).contains("with higher epoch of '3' is created");
            assertThat(ask("hold", Map.of("partition", "0", "epoch", 2))
                            .path("condition")
                            .asText())
                    .isEqualTo("amqp:link:stolen");
            again.closeSync();
        }
    }

    @Test
    void isRefusedWithAWrongKeyAndWithoutAHub() throws Exception {
        emulator.createHub(hub, 1);
        Map<String, Object> one = Map.of("partition", "0", "count", 1);

        JsonNode wrongKey = witness.ask("receive", emulator.connectionStringWithWrongKey(hub), one);
        assertThat(wrongKey.path("condition").asText()).isEqualTo("amqp:unauthorized-access");
        assertThat(wrongKey.path("error").toString()).contains("InvalidSignature: The token has an invalid signature.");

        JsonNode question = witness.ask("hub", emulator.connectionStringWithWrongKey(hub), Map.of());
        assertThat(question.path("condition").asText()).isEqualTo("amqp:unauthorized-access");

        JsonNode noHub = witness.ask("receive", emulator.connectionString("none"), one);
        assertThat(noHub.path("condition").asText()).isEqualTo("amqp:not-found");
        JsonNode noGroup = ask("receive", with(one, "group", "none"));
        assertThat(noGroup.path("condition").asText()).isEqualTo("amqp:not-found");
    }

    @Test
    void putsKeysWhereTheServiceDoes() throws Exception {
        emulator.createHub(hub, 7);
        List<String> keys = IntStream.range(1, 40)
                .mapToObj(length -> "k".repeat(length) + length)
                .toList();
        ask("scatter", Map.of("keys", keys));
        Map<String, Integer> chosenByTheClient =
                emulator.events(hub).stream().collect(Collectors.toMap(StoredEvent::text, StoredEvent::partition));
        assertThat(chosenByTheClient).hasSize(keys.size());

        for (String key : keys) {
            assertThat(PartitionKeys.partition(key, 7)).as(key).isEqualTo(chosenByTheClient.get(key));
        }
    }

    @Test
    void connectsWithoutTlsToo() throws Exception {
        emulator.createHub(hub, 1);
        witness.ask("send", emulator.plainConnectionString(hub), Map.of("bodies", List.of("a")));

        assertThat(emulator.events(hub)).extracting(StoredEvent::text).containsExactly("a");
    }

    @Test
    void goesOnAfterFaults() throws Exception {
        emulator.createHub(hub, 1);
        sends("a");
        assertThat(emulator.faults().resetConnections()).isPositive();
        sends("b");
        assertThat(emulator.faults().closeConnections()).isPositive();
        sends("c");
        assertThat(emulator.faults().detachLinks()).isPositive();
        sends("d");

        // What was stored while its connection went is sent again: at least once is what the service promises too.
        assertThat(emulator.events(hub).stream().map(StoredEvent::text).distinct())
                .containsExactly("a", "b", "c", "d");
    }

    // The client gives up at once when a fault meets it between two of its own steps; its user tries again.
    private void sends(String body) {
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(ask("send", Map.of("bodies", List.of(body)))).hasToString("{\"sent\":1}"));
    }

    private JsonNode ask(String what, Map<String, ?> with) throws IOException {
        return witness.ask(what, emulator.connectionString(hub), with);
    }

    private List<JsonNode> receive(Map<String, ?> with) throws IOException {
        JsonNode answer = ask("receive", with);
        assertThat(answer.has("error")).as(answer::toString).isFalse();
        return StreamSupport.stream(answer.path("events").spliterator(), false).toList();
    }

    private static Map<String, Object> with(Map<String, Object> map, String name, Object value) {
        Map<String, Object> more = new HashMap<>(map);
        more.put(name, value);
        return more;
    }

    private static List<String> bodies(List<JsonNode> events) {
        return events.stream().map(event -> event.path("body").asText()).toList();
    }

    private static int indexOf(List<StoredEvent> events, String text) {
        return events.stream().map(StoredEvent::text).toList().indexOf(text);
    }

    private static List<Object> told(StoredEvent event) {
        return List.of(
                event.text(),
                event.sequenceNumber(),
                "" + event.offset(),
                event.enqueued().toString(),
                "" + event.key());
    }

    private static List<Object> told(EventData event) {
        EventData.SystemProperties system = event.getSystemProperties();
        return List.of(
                LegacyClient.text(event),
                system.getSequenceNumber(),
                system.getOffset(),
                system.getEnqueuedTime().toString(),
                "" + system.getPartitionKey());
    }

    private static List<Object> told(JsonNode event) {
        return List.of(
                event.path("body").asText(),
                event.path("sequenceNumber").asLong(),
                event.path("offset").asText(),
                event.path("time").asText(),
                event.path("key").asText());
    }
}
