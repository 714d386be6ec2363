package io.odibi.monitoring.otel;

import static io.odibi.monitoring.queries.Events.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.odibi.monitoring.queries.Events;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OtelMetricsTest {

    private final List<String> notices = new CopyOnWriteArrayList<>();

    @Test
    void isOffWhereNobodyAsksForIt() {
        assertThat(OtelMetrics.open(Map.of("PATH", "/bin"), "demo", Clock.systemUTC(), notices::add))
                .isEmpty();
        assertThat(OtelMetrics.open(
                        Map.of("OTEL_METRICS_EXPORTER", "none", "OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:1"),
                        "demo",
                        Clock.systemUTC(),
                        notices::add))
                .isEmpty();
        assertThat(notices).isEmpty();
    }

    @Test
    void exportsToAReceiverAtTheEnd() throws Exception {
        List<String> bodies = new CopyOnWriteArrayList<>();
        List<String> requests = new CopyOnWriteArrayList<>();
        HttpServer receiver = receiver(bodies, requests, 200);
        try (OtelMetrics metrics = open(receiver.getAddress().getPort())) {
            metrics.on(Events.queryStarted(ORDERS));
            metrics.on(Events.committed(ORDERS, 1, 10, 5, 7));
        } finally {
            receiver.stop(0);
        }

        assertThat(requests).isNotEmpty().allMatch("POST /v1/metrics application/x-protobuf secret"::equals);
        // Strings stand in protobuf as they are.
        assertThat(bodies)
                .anyMatch(body -> body.contains("odibi.streaming.records_processed")
                        && body.contains("odibi.streaming.batch_duration_ms")
                        && body.contains("orders")
                        && body.contains("demo"));
        assertThat(String.join("", bodies)).doesNotContain("id-of-orders");
        assertThat(notices).isEmpty();
    }

    @Test
    void tellsOnceThatNothingCanBeExported() throws Exception {
        HttpServer receiver = receiver(new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>(), 500);
        try (OtelMetrics metrics = open(receiver.getAddress().getPort())) {
            metrics.on(Events.queryStarted(ORDERS));
        } finally {
            receiver.stop(0);
        }
        int closed = receiver.getAddress().getPort();
        try (OtelMetrics metrics = open(closed)) {
            metrics.on(Events.queryStarted(ORDERS));
        }

        assertThat(notices)
                .hasSize(2)
                .containsOnly("cannot export metrics for now; the run goes on, and exports are tried again");
    }

    @Test
    void goesOnWithoutWhereTheEnvironmentIsWrong() {
        assertThat(OtelMetrics.open(
                        Map.of("OTEL_METRICS_EXPORTER", "carrier-pigeon"), "demo", Clock.systemUTC(), notices::add))
                .isEmpty();
        assertThat(notices).singleElement().asString().startsWith("cannot export metrics");
    }

    private OtelMetrics open(int port) {
        return OtelMetrics.open(
                        Map.of(
                                "OTEL_EXPORTER_OTLP_ENDPOINT",
                                "http://127.0.0.1:" + port,
                                "OTEL_EXPORTER_OTLP_HEADERS",
                                "x-key=secret",
                                "OTEL_METRIC_EXPORT_INTERVAL",
                                "60000"),
                        "demo",
                        Clock.systemUTC(),
                        notices::add)
                .orElseThrow();
    }

    private static HttpServer receiver(List<String> bodies, List<String> requests, int code) throws IOException {
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + exchange.getRequestHeaders().getFirst("X-Key"));
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(code, -1);
            exchange.close();
        });
        receiver.start();
        return receiver;
    }
}
