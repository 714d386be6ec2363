package io.odibi.it.eventhubs.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.azure.eventhubs.EventData;
import com.microsoft.azure.eventhubs.EventHubClient;
import com.microsoft.azure.eventhubs.EventHubException;
import com.microsoft.azure.eventhubs.EventPosition;
import com.microsoft.azure.eventhubs.PartitionReceiver;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The client that the Spark connector is made of, with the little around it that tests need. */
final class LegacyClient implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final int FAREWELL_SECONDS = 3;
    private static final int AT_ONCE = 10;

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
    private final EventHubClient client;

    private LegacyClient(String connectionString) throws EventHubException, IOException {
        client = EventHubClient.createFromConnectionStringSync(
                connectionString + ";OperationTimeout=" + TIMEOUT, threads);
    }

    static LegacyClient to(String connectionString) throws EventHubException, IOException {
        return new LegacyClient(connectionString);
    }

    EventHubClient client() {
        return client;
    }

    void send(String body) throws EventHubException {
        client.sendSync(event(body));
    }

    /** Receives this many events of a partition, and fails if they do not come. */
    List<EventData> receive(int partition, EventPosition from, int events) throws EventHubException {
        PartitionReceiver receiver = client.createReceiverSync("$Default", Integer.toString(partition), from);
        try {
            return receive(receiver, events);
        } finally {
            receiver.closeSync();
        }
    }

    static List<EventData> receive(PartitionReceiver receiver, int events) throws EventHubException {
        List<EventData> all = new ArrayList<>();
        while (all.size() < events) {
            Iterable<EventData> some = receiver.receiveSync(Math.min(events - all.size(), AT_ONCE));
            if (some == null) {
                throw new AssertionError("no more events than " + all.size() + " of " + events);
            }
            some.forEach(all::add);
        }
        return all;
    }

    static EventData event(String body) {
        return EventData.create(body.getBytes(UTF_8));
    }

    static String text(EventData event) {
        return new String(event.getBytes(), UTF_8);
    }

    /** Says farewell, unless the emulator has gone already. */
    @Override
    public void close() {
        client.close()
                .completeOnTimeout(null, FAREWELL_SECONDS, TimeUnit.SECONDS)
                .join();
        threads.shutdownNow();
    }
}
