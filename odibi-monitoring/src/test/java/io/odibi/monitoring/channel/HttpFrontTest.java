package io.odibi.monitoring.channel;

import static io.odibi.monitoring.queries.Events.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odibi.core.error.ExternalException;
import io.odibi.core.text.Secret;
import io.odibi.monitoring.queries.QueryState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpFrontTest {

    private static final String TOKEN = "0123456789abcdef";

    private final FakeQueries queries = new FakeQueries();
    private final HttpFront front =
            HttpFront.open(HttpAddress.parse("0").orElseThrow(), Secret.of(TOKEN), queries.operations());
    private final int port = front.uri().getPort();
    private final RunClient client = RunClient.of(front.uri(), Secret.of(TOKEN));

    @AfterEach
    void close() {
        front.close();
    }

    @Test
    void listensOnLoopback() {
        assertThat(front.uri()).isEqualTo(URI.create("http://127.0.0.1:" + port));
        assertThat(client).isNotNull();
    }

    @Test
    void doesWhatTheSocketDoes() throws Exception {
        assertThat(client.list().queries()).isEqualTo(queries.live.list());
        assertThat(client.history(ORDERS)).hasSize(2);
        assertThat(client.stop(ORDERS, Duration.ofSeconds(3))
                        .query()
                        .orElseThrow()
                        .state())
                .isEqualTo(QueryState.STOPPED);
    }

    @Test
    void answersAPlainGet() throws Exception {
        String answer = send("GET /v1/queries", "Host: localhost:" + port, "Authorization: Bearer " + TOKEN);

        assertThat(answer).startsWith("HTTP/1.1 200").contains("\"node\":\"orders\"");
    }

    @Test
    void refusesAWrongToken() {
        RunClient stranger = RunClient.of(front.uri(), Secret.of("0123456789abcdeF"));

        assertThatThrownBy(stranger::list).isInstanceOf(RefusedException.class).hasMessage("the token is wrong");
        assertThat(queries.graces).isEmpty();
    }

    @Test
    void refusesWhoHasNoToken() throws Exception {
        assertThat(send("GET /v1/queries", "Host: 127.0.0.1:" + port)).startsWith("HTTP/1.1 401");
        assertThat(send("GET /v1/queries", "Host: 127.0.0.1:" + port, "Authorization: Basic " + TOKEN))
                .startsWith("HTTP/1.1 401");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Host: evil.example", "Host: 127.0.0.1", "Host: 127.0.0.1:1", "Host: 127.0.0.1:PORT\r\nHost: a"})
    void refusesAForeignHostWhateverTheToken(String host) throws Exception {
        assertThat(send(
                        "GET /v1/queries",
                        host.replace("PORT", Integer.toString(port)),
                        "Authorization: Bearer " + TOKEN))
                .startsWith("HTTP/1.1 403")
                .doesNotContain("orders");
    }

    @Test
    void refusesAForeignOriginWhateverTheToken() throws Exception {
        assertThat(send(
                        "GET /v1/queries",
                        "Host: 127.0.0.1:" + port,
                        "Origin: http://evil.example",
                        "Authorization: Bearer " + TOKEN))
                .startsWith("HTTP/1.1 403")
                .doesNotContain("orders");
    }

    @Test
    void knowsNoOtherPath() throws Exception {
        assertThat(send("GET /", "Host: 127.0.0.1:" + port, "Authorization: Bearer " + TOKEN))
                .startsWith("HTTP/1.1 404");
        assertThat(send("DELETE /v1/queries", "Host: 127.0.0.1:" + port, "Authorization: Bearer " + TOKEN))
                .startsWith("HTTP/1.1 404");
    }

    @Test
    void refusesLargeAndMalformedBodies() throws Exception {
        String body = "x".repeat(Operations.LONGEST_REQUEST + 1);
        assertThat(post(body)).startsWith("HTTP/1.1 413");
        assertThat(post("garbage")).startsWith("HTTP/1.1 400").doesNotContain("Exception");
        assertThat(client.list().queries()).hasSize(2);
    }

    @Test
    void livesThroughSlowAndBrokenConnections() throws Exception {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                open.add(socket);
                socket.getOutputStream()
                        .write((i % 2 == 0 ? "POST /v1/requ" : "\u0000\u0001\r\n\r\n")
                                .getBytes(StandardCharsets.UTF_8));
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .until(() -> client.list().queries().size() == 2);
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    @Test
    void saysThatAPortIsTaken() {
        HttpAddress taken = new HttpAddress("127.0.0.1", port);

        assertThatThrownBy(() -> HttpFront.open(taken, Secret.of(TOKEN), queries.operations()))
                .isInstanceOf(ExternalException.class)
                .hasMessageContaining("the port is taken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0.0.0.0:80", "[::]:80", "70000", "localhost:", ":80:", "-1", "a b:1"})
    void takesNoOtherAddress(String text) {
        assertThat(HttpAddress.parse(text)).isEmpty();
    }

    private String post(String body) throws IOException {
        return send(
                "POST /v1/request",
                "Host: 127.0.0.1:" + port,
                "Authorization: Bearer " + TOKEN,
                "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private String send(String request, String... headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            String head = request + " HTTP/1.1\r\nConnection: close\r\n" + String.join("\r\n", headers);
            socket.getOutputStream()
                    .write((head.contains("\r\n\r\n") ? head : head + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
