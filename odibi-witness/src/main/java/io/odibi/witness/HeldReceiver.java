package io.odibi.witness;

import com.azure.messaging.eventhubs.EventHubConsumerAsyncClient;
import com.azure.messaging.eventhubs.models.EventPosition;
import com.azure.messaging.eventhubs.models.ReceiveOptions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;

/** A receiver that stays on its partition until somebody takes it away. */
final class HeldReceiver implements AutoCloseable {

    private static final int SECONDS = 20;

    private final EventHubConsumerAsyncClient client;
    private final CompletableFuture<Map<String, Object>> begun = new CompletableFuture<>();
    private final CompletableFuture<Map<String, Object>> lost = new CompletableFuture<>();
    private final Disposable subscription;

    HeldReceiver(EventHubConsumerAsyncClient client, String partition, ReceiveOptions options) {
        this.client = client;
        this.subscription = client.receiveFromPartition(partition, EventPosition.earliest(), options)
                .subscribe(
                        event -> begun.complete(Map.of("holds", event.getData().getSequenceNumber())),
                        failure -> {
                            begun.complete(Witness.told(failure));
                            lost.complete(Witness.told(failure));
                        },
                        () -> lost.complete(Map.of("ended", true)));
    }

    /** The first event, or why there is none. */
    Map<String, Object> begin() {
        return begun.copy()
                .completeOnTimeout(Map.of("error", List.of("no event came")), SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** Why it was lost. */
    Map<String, Object> loss() {
        return lost.copy()
                .completeOnTimeout(Map.of("error", List.of("it is still held")), SECONDS, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        subscription.dispose();
        client.close();
    }
}
