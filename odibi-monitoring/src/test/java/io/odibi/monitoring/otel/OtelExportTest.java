package io.odibi.monitoring.otel;

import static io.odibi.monitoring.queries.Events.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.odibi.core.model.MonitoringSpec;
import io.odibi.core.plan.Plan;
import io.odibi.core.text.Secret;
import io.odibi.monitoring.queries.Events;
import io.odibi.monitoring.queries.LiveQueries;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OtelExportTest {

    private final List<String> notices = new CopyOnWriteArrayList<>();

    private final Plan plan = Events.plan(ORDERS);
    private final LiveQueries queries =
            new LiveQueries(plan, (query, grace) -> true, (query, grace) -> true, Clock.systemUTC());

    @Test
    void isOffWhereNobodyAsksForIt() {
        assertThat(OtelProperties.of(Map.of("PATH", "/bin"), MonitoringSpec.none(), "demo"))
                .isEmpty();
        assertThat(OtelProperties.of(
                        Map.of(
                                "OTEL_METRICS_EXPORTER", "none",
                                "OTEL_TRACES_EXPORTER", "none",
                                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:1"),
                        MonitoringSpec.none(),
                        "demo"))
                .isEmpty();
        assertThat(OtelProperties.of(
                        Map.of("OTEL_SDK_DISABLED", "true", "OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:1"),
                        MonitoringSpec.none(),
                        "demo"))
                .isEmpty();
    }

    @Test
    void takesWhatTheProjectSaysUnlessTheEnvironmentSaysAnother() {
        MonitoringSpec monitoring = new MonitoringSpec(
                Optional.empty(),
                Optional.of("http://project:4318"),
                Map.of("authorization", Secret.of("Basic a+b/c==, d")),
                Optional.of(Duration.ofSeconds(10)),
                Optional.of("9464"),
                Optional.of("the shop"),
                Map.of("place", "here"));

        assertThat(properties(monitoring, "OTEL_EXPORTER_OTLP_ENDPOINT", "http://other:4318"))
                .containsEntry("otel.exporter.otlp.endpoint", "http://other:4318")
                .containsEntry("otel.exporter.otlp.headers", "authorization=Basic%20a%2Bb%2Fc%3D%3D%2C%20d")
                .containsEntry("otel.metric.export.interval", "10000")
                .containsEntry("otel.metrics.exporter", "otlp,prometheus")
                .containsEntry("otel.exporter.prometheus.host", "127.0.0.1")
                .containsEntry("otel.exporter.prometheus.port", "9464")
                .containsEntry("otel.traces.exporter", "otlp")
                .containsEntry("otel.resource.attributes", "service.name=the%20shop,place=here");
        assertThat(properties(monitoring, "OTEL_METRICS_EXPORTER", "otlp"))
                .containsEntry("otel.metrics.exporter", "otlp");
        assertThat(properties(monitoring, "OTEL_RESOURCE_ATTRIBUTES", "place=there"))
                .as("the later holds")
                .containsEntry("otel.resource.attributes", "service.name=the%20shop,place=here,place=there");
    }

    @Test
    void usesEveryExporterThatHasAnAddressWhoeverSaysIt() {
        assertThat(properties(prometheus("9464"), "OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318"))
                .containsEntry("otel.metrics.exporter", "otlp,prometheus");
        assertThat(properties(MonitoringSpec.none(), "OTEL_METRICS_EXPORTER", "prometheus"))
                .as("to this machine, unless somebody says another")
                .containsEntry("otel.exporter.prometheus.host", "127.0.0.1")
                .containsEntry("otel.traces.exporter", "none")
                .containsEntry("otel.resource.attributes", "service.name=demo");
    }

    private static Map<String, String> properties(MonitoringSpec monitoring, String name, String value) {
        return OtelProperties.of(Map.of(name, value), monitoring, "demo").orElseThrow();
    }

    private static MonitoringSpec prometheus(String address) {
        return new MonitoringSpec(
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.of(address),
                Optional.empty(),
                Map.of());
    }

    @Test
    void letsPrometheusFetchMetrics() throws Exception {
        int port = freePort();
        try (OtelExport export = OtelExport.open(
                        OtelProperties.of(Map.of(), prometheus("127.0.0.1:" + port), "demo")
                                .orElseThrow(),
                        plan,
                        queries,
                        Clock.systemUTC(),
                        notices::add)
                .orElseThrow()) {
            export.on(Events.queryStarted(ORDERS));
            export.on(Events.committed(ORDERS, 1, 10, 5, 7));

            String page = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            assertThat(page)
                    .contains("odibi_streaming_records_processed_total{node=\"orders\"")
                    .contains("odibi_streaming_query_up")
                    .contains("service_name=\"demo\"");
        }
        assertThat(notices).isEmpty();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @Test
    void exportsToAReceiverAtTheEnd() throws Exception {
        List<String> bodies = new CopyOnWriteArrayList<>();
        List<String> requests = new CopyOnWriteArrayList<>();
        HttpServer receiver = receiver(bodies, requests, 200);
        try (OtelExport metrics = open(receiver.getAddress().getPort())) {
            metrics.on(Events.queryStarted(ORDERS));
            metrics.on(Events.committed(ORDERS, 1, 10, 5, 7));
        } finally {
            receiver.stop(0);
        }

        assertThat(requests)
                .contains(
                        "POST /v1/metrics application/x-protobuf secret",
                        "POST /v1/traces application/x-protobuf secret");
        // Strings stand in protobuf as they are.
        assertThat(bodies)
                .anyMatch(body -> body.contains("odibi.streaming.records_processed")
                        && body.contains("odibi.streaming.batch_duration_ms")
                        && body.contains("kafka topic orders")
                        && body.contains("demo"))
                .anyMatch(body -> body.contains("micro-batch") && body.contains("addBatch"));
        assertThat(String.join("", bodies)).doesNotContain("id-of-orders");
        assertThat(notices).isEmpty();
    }

    @Test
    void tellsOnceThatNothingCanBeExported() throws Exception {
        HttpServer receiver = receiver(new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>(), 500);
        try (OtelExport metrics = open(receiver.getAddress().getPort())) {
            metrics.on(Events.queryStarted(ORDERS));
        } finally {
            receiver.stop(0);
        }
        int closed = receiver.getAddress().getPort();
        try (OtelExport metrics = open(closed)) {
            metrics.on(Events.queryStarted(ORDERS));
        }

        assertThat(notices)
                .hasSize(2)
                .allMatch(notice -> notice.matches(
                        "cannot export (metrics|traces) for now; the run goes on, and exports are tried again"));
    }

    @Test
    void goesOnWithoutWhereTheEnvironmentIsWrong() {
        assertThat(open(Map.of("OTEL_METRICS_EXPORTER", "carrier-pigeon"))).isEmpty();
        assertThat(notices).singleElement().asString().startsWith("cannot export metrics");
    }

    private OtelExport open(int port) {
        return open(Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT",
                        "http://127.0.0.1:" + port,
                        "OTEL_EXPORTER_OTLP_HEADERS",
                        "x-key=secret",
                        "OTEL_METRIC_EXPORT_INTERVAL",
                        "60000"))
                .orElseThrow();
    }

    private Optional<OtelExport> open(Map<String, String> environment) {
        return OtelExport.open(
                OtelProperties.of(environment, MonitoringSpec.none(), "demo").orElseThrow(),
                plan,
                queries,
                Clock.systemUTC(),
                notices::add);
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
