package io.odibi.it.eventhubs.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.microsoft.azure.eventhubs.AuthorizationFailedException;
import com.microsoft.azure.eventhubs.BatchOptions;
import com.microsoft.azure.eventhubs.EventData;
import com.microsoft.azure.eventhubs.EventDataBatch;
import com.microsoft.azure.eventhubs.EventHubException;
import com.microsoft.azure.eventhubs.EventPosition;
import com.microsoft.azure.eventhubs.IllegalEntityException;
import com.microsoft.azure.eventhubs.PartitionReceiver;
import com.microsoft.azure.eventhubs.PartitionRuntimeInformation;
import com.microsoft.azure.eventhubs.QuotaExceededException;
import com.microsoft.azure.eventhubs.ReceiverDisconnectedException;
import com.microsoft.azure.eventhubs.ReceiverOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client of the Spark connector finds in the emulator what it knows from the service. */
@Timeout(60)
class LegacyClientIT {

    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final EventPosition START = EventPosition.fromStartOfStream();
    private static final String GROUP = "$Default";
    private static final AtomicInteger HUBS = new AtomicInteger();

    private static EventHubsEmulator emulator;
    private static SSLContext usual;

    private final String hub = "hub" + HUBS.incrementAndGet();

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        emulator = EventHubsEmulator.start(folder);
        usual = SSLContext.getDefault();
        SSLContext.setDefault(EventHubsEmulator.trusting(emulator));
    }

    @AfterAll
    static void stop() {
        SSLContext.setDefault(usual);
        emulator.close();
    }

    @Test
    void isToldOfHubsAndPartitions() throws Exception {
        emulator.createHub(hub, 3);
        emulator.publish(hub, 1, "one");
        try (LegacyClient client = client()) {
            assertThat(client.client().getRuntimeInformation().get().getPartitionIds())
                    .containsExactly("0", "1", "2");
            PartitionRuntimeInformation unused =
                    client.client().getPartitionRuntimeInformation("0").get();
            assertThat(unused.getIsEmpty()).isTrue();
            assertThat(unused.getLastEnqueuedSequenceNumber()).isEqualTo(-1);
            assertThat(unused.getLastEnqueuedOffset()).isEqualTo("-1");
            PartitionRuntimeInformation used =
                    client.client().getPartitionRuntimeInformation("1").get();
            assertThat(used.getIsEmpty()).isFalse();
            assertThat(used.getBeginSequenceNumber()).isZero();
            assertThat(used.getLastEnqueuedSequenceNumber()).isZero();
        }
    }

    @Test
    void sendsToThePartitionsInTurnAndReceivesInOrder() throws Exception {
        emulator.createHub(hub, 2);
        try (LegacyClient client = client()) {
            for (int i = 0; i < 6; i++) {
                client.send("event " + i);
            }
            assertThat(emulator.counts(hub)).containsEntry(0, 3).containsEntry(1, 3);
            List<EventData> received = client.receive(1, START, 3);
            assertThat(received).extracting(LegacyClient::text).containsExactly("event 1", "event 3", "event 5");
            assertThat(received)
                    .extracting(event -> event.getSystemProperties().getSequenceNumber())
                    .containsExactly(0L, 1L, 2L);
        }
    }

    @Test
    void findsAllEventsOfAKeyInOnePartition() throws Exception {
        emulator.createHub(hub, 4);
        try (LegacyClient client = client()) {
            client.client().sendSync(LegacyClient.event("single"), "k");
            client.client().sendSync(List.of(LegacyClient.event("list 1"), LegacyClient.event("list 2")), "k");
            EventDataBatch batch =
                    client.client().createBatch(new BatchOptions().with(with -> with.partitionKey = "k"));
            batch.tryAdd(LegacyClient.event("batch 1"));
            batch.tryAdd(LegacyClient.event("batch 2"));
            client.client().sendSync(batch);

            int partition = PartitionKeys.partition("k", 4);
            List<EventData> received = client.receive(partition, START, 5);
            assertThat(received)
                    .extracting(LegacyClient::text)
                    .containsExactly("single", "list 1", "list 2", "batch 1", "batch 2");
            assertThat(received)
                    .extracting(event -> event.getSystemProperties().getPartitionKey())
                    .containsOnly("k");
        }
    }

    @Test
    void findsABatchWithoutAKeyInOnePartition() throws Exception {
        emulator.createHub(hub, 2);
        try (LegacyClient client = client()) {
            client.client().sendSync(List.of(LegacyClient.event("a"), LegacyClient.event("b")));
            client.client().sendSync(List.of(LegacyClient.event("c"), LegacyClient.event("d")));

            assertThat(client.receive(0, START, 2))
                    .extracting(LegacyClient::text)
                    .containsExactly("a", "b");
            assertThat(client.receive(1, START, 2))
                    .extracting(LegacyClient::text)
                    .containsExactly("c", "d");
        }
    }

    @Test
    void receivesMoreThanItsCreditInOrder() throws Exception {
        emulator.createHub(hub, 1);
        IntStream.range(0, 3000).forEach(i -> emulator.publish(hub, 0, "event " + i));
        ReceiverOptions options = new ReceiverOptions();
        options.setPrefetchCount(10);
        options.setReceiverRuntimeMetricEnabled(true);
        try (LegacyClient client = client()) {
            PartitionReceiver receiver = client.client().createReceiverSync(GROUP, "0", START, options);

            assertThat(LegacyClient.receive(receiver, 3000))
                    .extracting(LegacyClient::text)
                    .containsExactlyElementsOf(
                            IntStream.range(0, 3000).mapToObj(i -> "event " + i).toList());
            assertThat(receiver.getRuntimeInformation().getLastEnqueuedSequenceNumber())
                    .isEqualTo(2999);
        }
    }

    @Test
    void beginsWhereItIsToldTo() throws Exception {
        emulator.createHub(hub, 1);
        IntStream.range(0, 5).forEach(i -> emulator.publish(hub, 0, "event " + i));
        String offset = "" + emulator.events(hub, 0).get(3).offset();
        try (LegacyClient client = client()) {
            assertThat(first(client, EventPosition.fromSequenceNumber(2L))).isEqualTo("event 3");
            assertThat(first(client, EventPosition.fromSequenceNumber(2L, true)))
                    .isEqualTo("event 2");
            assertThat(first(client, EventPosition.fromOffset(offset))).isEqualTo("event 4");
            assertThat(first(client, EventPosition.fromOffset(offset, true))).isEqualTo("event 3");
            PartitionReceiver atTheEnd =
                    client.client().createReceiverSync(GROUP, "0", EventPosition.fromEndOfStream());
            emulator.publish(hub, 0, "new");
            assertThat(LegacyClient.receive(atTheEnd, 1))
                    .extracting(LegacyClient::text)
                    .containsExactly("new");
            assertThatThrownBy(() -> first(client, EventPosition.fromSequenceNumber(7L)))
                    .isInstanceOf(EventHubException.class)
                    .hasMessageContaining("The supplied sequence number '7' is invalid.");
        }
    }

    @Test
    void findsNoEventsThatHaveExpired() throws Exception {
        emulator.createHub(hub, 1);
        IntStream.range(0, 6).forEach(i -> emulator.publish(hub, 0, "event " + i));
        assertThat(emulator.expire(hub, 0, 3)).isEqualTo(4);
        try (LegacyClient client = client()) {
            assertThat(first(client, EventPosition.fromSequenceNumber(1L, true)))
                    .isEqualTo("event 4");
            PartitionRuntimeInformation partition =
                    client.client().getPartitionRuntimeInformation("0").get();
            assertThat(partition.getBeginSequenceNumber()).isEqualTo(4);

            emulator.expire(hub, 0, 5);

            partition = client.client().getPartitionRuntimeInformation("0").get();
            assertThat(partition.getIsEmpty()).isTrue();
            assertThat(partition.getLastEnqueuedSequenceNumber()).isEqualTo(5);
        }
    }

    @Test
    void isRefusedWithAWrongKey() throws Exception {
        emulator.createHub(hub, 1);
        try (LegacyClient client = LegacyClient.to(emulator.connectionStringWithWrongKey(hub))) {
            assertThatThrownBy(() -> client.send("event"))
                    .isInstanceOf(AuthorizationFailedException.class)
                    .hasMessageContaining("status-code: 401");
            assertThatThrownBy(() -> client.client().getRuntimeInformation().get())
                    .hasCauseInstanceOf(AuthorizationFailedException.class);
        }
        assertThat(emulator.events(hub)).isEmpty();
    }

    @Test
    void isRefusedWithoutAHubAGroupOrAPartition() throws Exception {
        emulator.createHub(hub, 2, "known");
        try (LegacyClient none = LegacyClient.to(emulator.connectionString("none"));
                LegacyClient client = client()) {
            assertThatThrownBy(() -> none.receive(0, START, 1))
                    .isInstanceOf(IllegalEntityException.class)
                    .hasMessageContaining("/none' could not be found");
            assertThatThrownBy(() -> none.client().getRuntimeInformation().get())
                    .hasCauseInstanceOf(IllegalEntityException.class);
            assertThatThrownBy(() -> client.client().createReceiverSync("unknown", "0", START))
                    .isInstanceOf(IllegalEntityException.class)
                    .hasMessageContaining("|unknown' could not be found");
            assertThat(client.client().createReceiverSync("known", "0", START)).isNotNull();
            assertThatThrownBy(() -> client.receive(2, START, 1)).hasMessageContaining("It should be between 0 and 1.");
        }
    }

    @Test
    void losesAPartitionToAnEqualEpochAndIsRefusedWithALowerOne() throws Exception {
        emulator.createHub(hub, 1);
        try (LegacyClient one = client();
                LegacyClient two = client()) {
            PartitionReceiver first = one.client().createEpochReceiverSync(GROUP, "0", START, 1);
            CompletableFuture<?> waiting = first.receive(1);

            two.client().createEpochReceiverSync(GROUP, "0", START, 1);

            assertThat(waiting)
                    .failsWithin(LIMIT)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(ReceiverDisconnectedException.class);
            assertThatThrownBy(() -> one.client().createEpochReceiverSync(GROUP, "0", START, 0))
                    .isInstanceOf(ReceiverDisconnectedException.class)
                    .hasMessageContaining("with a higher epoch '1' already exists");
            assertThatThrownBy(() -> one.client().createReceiverSync(GROUP, "0", START))
                    .isInstanceOf(ReceiverDisconnectedException.class)
                    .hasMessageContaining("non-epoch receiver is not allowed");
        }
    }

    @Test
    void sharesAPartitionAmongFiveReadersWithoutEpoch() throws Exception {
        emulator.createHub(hub, 1);
        try (LegacyClient client = client()) {
            for (int i = 0; i < 5; i++) {
                client.client().createReceiverSync(GROUP, "0", START);
            }
            assertThat(emulator.receivers(hub)).isEqualTo(5);
            assertThatThrownBy(() -> client.client().createReceiverSync(GROUP, "0", START))
                    .isInstanceOf(QuotaExceededException.class);
        }
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(emulator.receivers(hub)).isZero());
    }

    @Test
    void receivesOnAfterEachKindOfLoss() throws Exception {
        emulator.createHub(hub, 1);
        try (LegacyClient client = client()) {
            PartitionReceiver receiver = client.client().createEpochReceiverSync(GROUP, "0", START, 0);
            emulator.publish(hub, 0, "a");
            assertThat(next(receiver)).isEqualTo("a");

            assertThat(emulator.faults().detachLinks()).isPositive();
            emulator.publish(hub, 0, "b");
            assertThat(next(receiver)).isEqualTo("b");

            assertThat(emulator.faults().closeConnections()).isPositive();
            emulator.publish(hub, 0, "c");
            assertThat(next(receiver)).isEqualTo("c");

            assertThat(emulator.faults().resetConnections()).isPositive();
            emulator.publish(hub, 0, "d");
            assertThat(next(receiver)).isEqualTo("d");

            emulator.faults().refuseConnectionsFor(Duration.ofSeconds(1));
            emulator.faults().resetConnections();
            emulator.publish(hub, 0, "e");
            assertThat(next(receiver)).isEqualTo("e");
        }
    }

    @Test
    void sendsAgainWhatABusyServerRejects() throws Exception {
        emulator.createHub(hub, 1);
        emulator.faults().rejectSends(1);
        try (LegacyClient client = client()) {
            client.send("event");
        }
        assertThat(emulator.faults().rejectsLeft()).isZero();
        assertThat(emulator.events(hub)).hasSize(1);
    }

    @Test
    void waitsForAnswersThatAreHeldBack() throws Exception {
        emulator.createHub(hub, 1);
        try (LegacyClient client = client()) {
            client.send("before");
            emulator.faults().delayAnswers(Duration.ofMillis(500));
            try {
                CompletableFuture<Void> sent = client.client().send(LegacyClient.event("late"));
                await().atMost(LIMIT).until(() -> emulator.events(hub).size() == 2);
                assertThat(sent).isNotDone();
                assertThat(sent).succeedsWithin(LIMIT);
            } finally {
                emulator.faults().delayAnswers(Duration.ZERO);
            }
        }
    }

    private LegacyClient client() throws Exception {
        return LegacyClient.to(emulator.connectionString(hub));
    }

    private static String first(LegacyClient client, EventPosition from) throws EventHubException {
        return LegacyClient.text(client.receive(0, from, 1).get(0));
    }

    private static String next(PartitionReceiver receiver) throws EventHubException {
        return LegacyClient.text(LegacyClient.receive(receiver, 1).get(0));
    }
}
