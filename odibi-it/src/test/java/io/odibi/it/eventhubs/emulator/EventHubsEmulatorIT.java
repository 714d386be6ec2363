package io.odibi.it.eventhubs.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.microsoft.azure.eventhubs.AuthorizationFailedException;
import com.microsoft.azure.eventhubs.CommunicationException;
import com.microsoft.azure.eventhubs.EventPosition;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The emulator as tests handle it: beside others, found by its trust store, and gone when it is closed. */
@Timeout(60)
class EventHubsEmulatorIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final SSLContext usual = usual();

    @TempDir
    Path folder;

    @AfterEach
    void trustAsUsual() {
        SSLContext.setDefault(usual);
    }

    @Test
    void runsBesideAnother() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        try (EventHubsEmulator one = EventHubsEmulator.start(folder);
                EventHubsEmulator two = EventHubsEmulator.start(other)) {
            SSLContext.setDefault(EventHubsEmulator.trusting(one, two));
            one.createHub("hub", 1);
            two.createHub("hub", 1);
            one.publish("hub", 0, "one");
            two.publish("hub", 0, "two", Map.of("n", 2));

            for (EventHubsEmulator emulator : List.of(one, two)) {
                try (LegacyClient client = LegacyClient.to(emulator.connectionString("hub"))) {
                    assertThat(client.receive(0, EventPosition.fromStartOfStream(), 1))
                            .extracting(LegacyClient::text)
                            .containsExactly(emulator.events("hub").get(0).text());
                }
            }
        }
    }

    @Test
    void isNotTrustedUnasked() throws Exception {
        try (EventHubsEmulator emulator = EventHubsEmulator.start(folder)) {
            emulator.createHub("hub", 1);

            assertThatThrownBy(() -> LegacyClient.to(emulator.connectionString("hub")))
                    .isInstanceOf(CommunicationException.class)
                    .hasMessageContaining("PKIX path building failed");
        }
    }

    @Test
    void leavesNoThreadAndNoPortBehind() throws Exception {
        EventHubsEmulator emulator = EventHubsEmulator.start(folder);
        String address = address(emulator);
        SSLContext.setDefault(EventHubsEmulator.trusting(emulator));
        emulator.createHub("hub", 1);
        try (LegacyClient client = LegacyClient.to(emulator.connectionString("hub"))) {
            client.send("event");
            assertThat(emulator.connections()).isEqualTo(1);
            emulator.close();
        }

        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("event-hubs-emulator-" + address)));
        try (EventHubsEmulator again = EventHubsEmulator.start(folder, address)) {
            assertThat(address(again)).isEqualTo(address);
            assertThatThrownBy(() -> EventHubsEmulator.start(folder, address)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void endsALinkWhoseTokenHasRunOut() throws Exception {
        MovableClock clock = new MovableClock();
        try (EventHubsEmulator emulator = EventHubsEmulator.start(folder, clock)) {
            SSLContext.setDefault(EventHubsEmulator.trusting(emulator));
            emulator.createHub("hub", 1);
            try (LegacyClient client = LegacyClient.to(emulator.connectionString("hub"))) {
                CompletableFuture<?> waiting = client.client()
                        .createReceiverSync("$Default", "0", EventPosition.fromStartOfStream())
                        .receive(1);

                clock.forward(Duration.ofMinutes(30));

                assertThat(waiting)
                        .failsWithin(LIMIT)
                        .withThrowableOfType(ExecutionException.class)
                        .withCauseInstanceOf(AuthorizationFailedException.class)
                        .withMessageContaining("ExpiredToken: The token is expired.");
            }
        }
    }

    /** The real time, moved forward at will. */
    private static final class MovableClock extends Clock {

        private volatile Duration ahead = Duration.ZERO;

        void forward(Duration time) {
            ahead = time;
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static String address(EventHubsEmulator emulator) {
        return URI.create(emulator.connectionString("hub").split("[=;]", -1)[1]).getHost();
    }

    private static SSLContext usual() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
