package io.odibi.monitoring.otel;

import static io.odibi.monitoring.queries.Events.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.odibi.core.model.MonitoringSpec;
import io.odibi.core.plan.Plan;
import io.odibi.monitoring.queries.Events;
import io.odibi.monitoring.queries.LiveQueries;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus fetches a run's metrics and answers questions about them. Debian's package of that name is enough. */
@Timeout(120)
class PrometheusIT {

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @Test
    void fetchesMetricsAndAnswersQuestions() throws Exception {
        Optional<Path> binary = binary();
        if (binary.isEmpty()) {
            System.out.println(
                    "SKIPPED: no 'prometheus' on the path; the export to a real Prometheus is not tested here");
        }
        Assumptions.assumeTrue(binary.isPresent(), "no 'prometheus' on the path");
        int metrics = freePort();
        int server = freePort();
        MonitoringSpec monitoring = new MonitoringSpec(
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.of("127.0.0.1:" + metrics),
                Optional.empty(),
                Map.of());
        Plan plan = Events.plan(ORDERS);
        LiveQueries queries = new LiveQueries(plan, (query, grace) -> true, (query, grace) -> true, Clock.systemUTC());
        Process prometheus = start(binary.get(), metrics, server);
        try (OtelExport export = OtelExport.open(
                        OtelProperties.of(Map.of(), monitoring, plan.project()).orElseThrow(),
                        plan,
                        queries,
                        Clock.systemUTC(),
                        notice -> {})
                .orElseThrow()) {
            export.on(Events.queryStarted(ORDERS));
            for (int batch = 0; batch < 5; batch++) {
                export.on(Events.committed(ORDERS, batch, 10, 5, 7));
            }
            export.on(Events.committed(ORDERS, 4, 10, 5, 7));

            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(ask(
                                    server,
                                    "sum by (pipeline, node, source) (odibi_streaming_records_processed_total)"))
                            .contains("\"source\":\"kafka topic orders\"")
                            .as("the micro-batch that was taken again counts once")
                            .contains("\"50\"]"));
            assertThat(ask(server, "odibi_streaming_query_up")).contains("\"1\"]");
            assertThat(ask(server, "odibi_streaming_lag_records")).contains("\"5\"]");
            assertThat(ask(server, "{__name__=~\"odibi_streaming_batch_duration.*_count\"}"))
                    .contains("\"5\"]");
        } finally {
            prometheus.destroy();
            prometheus.waitFor();
        }
    }

    private Process start(Path binary, int metrics, int server) throws IOException {
        Path config = Files.writeString(folder.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s}
                scrape_configs:
                  - job_name: odibi
                    static_configs: [{targets: ["127.0.0.1:%d"]}]
                """.formatted(metrics));
        return new ProcessBuilder(
                        binary.toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + server)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
    }

    private String ask(int server, String question) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server + "/api/v1/query?query="
                + URLEncoder.encode(question, StandardCharsets.UTF_8));
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static Optional<Path> binary() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "prometheus"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
