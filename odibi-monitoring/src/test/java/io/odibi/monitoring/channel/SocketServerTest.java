package io.odibi.monitoring.channel;

import static io.odibi.monitoring.queries.Events.CLICKS;
import static io.odibi.monitoring.queries.Events.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odibi.core.execution.NodeResult.Outcome;
import io.odibi.core.plan.NodeId;
import io.odibi.monitoring.queries.Events;
import io.odibi.monitoring.queries.QueryState;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(40)
class SocketServerTest {

    private final FakeQueries queries = new FakeQueries();

    @TempDir
    Path folder;

    private SocketServer server;
    private RunClient client;

    @BeforeEach
    void open() {
        server = SocketServer.open(socket(), queries.operations());
        client = RunClient.of(socket());
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Path socket() {
        return folder.resolve("s");
    }

    @Test
    void tellsExactlyWhatIsKnown() throws Exception {
        RunClient.Listing listing = client.list();

        assertThat(listing.run().project()).isEqualTo("demo");
        assertThat(listing.queries()).isEqualTo(queries.live.list());
        assertThat(client.history(ORDERS)).isEqualTo(queries.live.history(ORDERS));
    }

    @Test
    void carriesAFailureOver() throws Exception {
        queries.live.on(Events.ended(ORDERS, Outcome.FAILED));

        assertThat(client.list().queries()).isEqualTo(queries.live.list());
        assertThat(client.list().queries().get(0).error()).contains("the table is gone");
    }

    @Test
    void stopsAQueryWithItsGrace() throws Exception {
        RunClient.Change ending = client.stop(ORDERS, Duration.ofSeconds(7));

        assertThat(ending.query().orElseThrow().state()).isEqualTo(QueryState.STOPPED);
        assertThat(client.stop(CLICKS, Duration.ZERO).query().orElseThrow().state())
                .isEqualTo(QueryState.INTERRUPTED);
        assertThat(queries.graces).containsExactly(Duration.ofSeconds(7), Duration.ZERO);
        assertThat(client.stop(new NodeId("no", "such"), Duration.ZERO).query()).isEmpty();
    }

    @Test
    void startsAQueryAgain() throws Exception {
        RunClient.Change change = client.restart(ORDERS, Duration.ofSeconds(7));

        assertThat(change.isGoingOn()).isFalse();
        assertThat(change.query().orElseThrow().state()).isEqualTo(QueryState.RUNNING);
        assertThat(change.query().orElseThrow().restarts()).isEqualTo(1);
        assertThat(queries.graces).containsExactly(Duration.ofSeconds(7));
        assertThat(client.restart(new NodeId("no", "such"), Duration.ZERO).query())
                .isEmpty();
    }

    @Test
    void saysThatAStopHasGivenUp() throws Exception {
        queries.isStubborn = true;

        client.stop(ORDERS, Duration.ZERO);
        RunClient.Change ending = client.await(ORDERS, Duration.ofMillis(50));

        assertThat(ending.isOver()).isFalse();
        assertThat(ending.isGoingOn()).isFalse();
    }

    @Test
    void answersWhoWaitsWhenItEnds() throws Exception {
        CompletableFuture<RunClient.Change> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return client.await(ORDERS, Duration.ofSeconds(5));
            } catch (IOException fault) {
                throw new IllegalStateException(fault);
            }
        });
        queries.live.on(Events.ended(ORDERS, Outcome.SUCCEEDED));

        assertThat(waiting.get(10, TimeUnit.SECONDS).isOver()).isTrue();
    }

    @Test
    void isItsOwnersAlone() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "garbage\n",
                "{}\n",
                "[]\n",
                "null\n",
                "{\"op\":\"list\"}{\"op\":\"list\"}\n",
                "{\"op\":\"list\",\"op\":\"stop\"}\n",
                "{\"op\":7}\n",
                "{\"op\":\"drop\"}\n",
                "{\"op\":\"status\"}\n",
                "{\"op\":\"stop\",\"pipeline\":\"shop\",\"node\":\"orders\",\"grace_ms\":\"soon\"}\n",
                "{\"op\":\"await\",\"pipeline\":\"shop\",\"node\":\"orders\",\"timeout_ms\":1e400}\n",
                "{\"op\":\"await\",\"pipeline\":\"shop\",\"node\":\"orders\",\"timeout_ms\":99999999999999999999}\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "\u0000\u0001\n"
            })
    void givesNothingForWhatIsNoRequest(String garbage) throws Exception {
        assertThat(exchange(garbage.getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(client.list().queries()).hasSize(2);
        assertThat(queries.graces).isEmpty();
    }

    @Test
    void givesNothingForDeepNesting() throws Exception {
        String deep = "{\"op\":" + "[".repeat(30_000) + "\n";

        assertThat(exchange(deep.getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(client.list().queries()).hasSize(2);
    }

    @Test
    void doesNotReadOnWhenALineIsTooLong() throws Exception {
        try (SocketChannel channel = connect()) {
            ByteBuffer large = ByteBuffer.allocate(10 * 1024 * 1024);
            assertThatThrownBy(() -> {
                        while (large.hasRemaining()) {
                            channel.write(large);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        assertThat(client.list().queries()).hasSize(2);
    }

    @Test
    void closesWhoSendsHalfARequestAndWaits() throws Exception {
        try (SocketChannel channel = connect()) {
            channel.write(ByteBuffer.wrap("{\"op\":".getBytes(StandardCharsets.UTF_8)));
            assertThat(client.list().queries()).as("others meanwhile").hasSize(2);

            assertThat(channel.read(ByteBuffer.allocate(10)))
                    .as("end of stream")
                    .isEqualTo(-1);
        }
    }

    @Test
    void livesThroughManyConnections() throws Exception {
        List<SocketChannel> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                idle.add(connect());
            }
            assertThat(Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> thread.getName().equals("odibi-control"))
                            .count())
                    .isLessThanOrEqualTo(SocketServer.MOST_CONNECTIONS + 1);
            // Those that came first are closed when their time for a request is over.
            Awaitility.await()
                    .atMost(SocketServer.REQUEST_TIME.multipliedBy(3))
                    .ignoreExceptions()
                    .until(() -> client.list().queries().size() == 2);
        } finally {
            idle.forEach(Connections::quietly);
        }
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(socket()));
    }

    private byte[] exchange(byte[] request) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket()));
            channel.write(ByteBuffer.wrap(request));
            ByteBuffer answer = ByteBuffer.allocate(4096);
            while (channel.read(answer) >= 0 && answer.hasRemaining()) {
                // until the server ends it
                Thread.onSpinWait();
            }
            byte[] bytes = new byte[answer.position()];
            answer.flip().get(bytes);
            return bytes;
        }
    }
}
