package io.odibi.it.eventhubs.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.eventhubs.EventData;
import com.microsoft.azure.eventhubs.EventPosition;
import com.microsoft.azure.eventhubs.PartitionRuntimeInformation;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client of the Spark connector finds in the emulator what it knows from the service. */
@Timeout(60)
class LegacyClientIT {

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
    void tellsOfHubsAndPartitions() throws Exception {
        emulator.createHub(hub, 3);
        emulator.publish(hub, 1, "one");
        try (LegacyClient client = LegacyClient.to(emulator.connectionString(hub))) {
            assertThat(client.client().getRuntimeInformation().get().getPartitionIds())
                    .containsExactly("0", "1", "2");
            PartitionRuntimeInformation unused =
                    client.client().getPartitionRuntimeInformation("0").get();
            assertThat(unused.getIsEmpty()).isTrue();
            assertThat(unused.getLastEnqueuedSequenceNumber()).isEqualTo(-1);
            PartitionRuntimeInformation used =
                    client.client().getPartitionRuntimeInformation("1").get();
            assertThat(used.getIsEmpty()).isFalse();
            assertThat(used.getBeginSequenceNumber()).isZero();
            assertThat(used.getLastEnqueuedSequenceNumber()).isZero();
        }
    }

    @Test
    void takesWhatIsSentInTurn() throws Exception {
        emulator.createHub(hub, 2);
        try (LegacyClient client = LegacyClient.to(emulator.connectionString(hub))) {
            for (int i = 0; i < 6; i++) {
                client.send("event " + i);
            }
            assertThat(emulator.counts(hub)).containsEntry(0, 3).containsEntry(1, 3);
            List<EventData> received = client.receive(1, EventPosition.fromStartOfStream(), 3);
            assertThat(received).extracting(LegacyClient::text).containsExactly("event 1", "event 3", "event 5");
            assertThat(received)
                    .extracting(event -> event.getSystemProperties().getSequenceNumber())
                    .containsExactly(0L, 1L, 2L);
        }
    }
}
