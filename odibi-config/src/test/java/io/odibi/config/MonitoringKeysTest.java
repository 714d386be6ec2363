package io.odibi.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.model.MonitoringSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonitoringKeysTest {

    private static final String ALL = """
            monitoring:
              http: 8070
              otlp_endpoint: http://collector:4318
              otlp_headers: {x-api-key: "${OTLP_KEY}"}
              metrics_interval: 30s
              prometheus: "[::1]:9464"
              service_name: shop
              resource_attributes: {deployment.environment.name: test}
            environments:
              prod:
                monitoring: {otlp_endpoint: "https://prod:4318", resource_attributes: {deployment.environment.name: prod}}
            pipelines: [{pipeline: p, nodes: [{name: n, read: {format: rate}}]}]
            """;

    @TempDir
    private Path temporary;

    private Folder folder;

    @BeforeEach
    void makeFolder() {
        folder = new Folder(temporary).env("OTLP_KEY", "k3y");
    }

    @Test
    void readsEveryKey() {
        MonitoringSpec monitoring = folder.with("project.yaml", ALL).project().monitoring();

        assertThat(monitoring.http()).contains("8070");
        assertThat(monitoring.otlpEndpoint()).contains("http://collector:4318");
        assertThat(monitoring.otlpHeaders().get("x-api-key").reveal()).isEqualTo("k3y");
        assertThat(monitoring.toString()).doesNotContain("k3y");
        assertThat(monitoring.interval()).contains(Duration.ofSeconds(30));
        assertThat(monitoring.prometheus()).contains("[::1]:9464");
        assertThat(monitoring.serviceName()).contains("shop");
        assertThat(monitoring.resourceAttributes()).isEqualTo(Map.of("deployment.environment.name", "test"));
    }

    @Test
    void differsInAnEnvironmentThatSaysSo() {
        folder.with("project.yaml", ALL);

        MonitoringSpec monitoring = folder.clean(folder.loadIn("prod")).monitoring();

        assertThat(monitoring.otlpEndpoint()).contains("https://prod:4318");
        assertThat(monitoring.resourceAttributes()).isEqualTo(Map.of("deployment.environment.name", "prod"));
        assertThat(monitoring.http()).contains("8070");
    }

    @Test
    void saysNothingWhereTheProjectSaysNothing() {
        folder.with("project.yaml", "pipelines: [{pipeline: p, nodes: [{name: n, read: {format: rate}}]}]");

        assertThat(folder.project().monitoring()).isEqualTo(MonitoringSpec.none());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    http: 70000                  | 'http' cannot be '70000'
                    http: "0.0.0.0:8070"         | 'http' cannot be '0.0.0.0:8070'
                    http: "[::]:8070"            | 'http' cannot be '[::]:8070'
                    prometheus: anywhere         | 'prometheus' cannot be 'anywhere'
                    otlp_endpoint: collector     | 'otlp_endpoint' cannot be 'collector'
                    metrics_interval: 1 day      | 'metrics_interval' cannot be '1 day'
                    otlp_headers: x              | 'otlp_headers' cannot be 'x'
                    resource_attributes: [a]     | 'resource_attributes' cannot be a list
                    endpoint: x                  | unknown key 'endpoint'
                    """)
    void tellsWhatCannotBeAtItsPlace(String key, String message) {
        folder.with(
                "project.yaml",
                "monitoring:\n  " + key + "\npipelines: [{pipeline: p, nodes: [{name: n, read: {format: rate}}]}]");

        assertThat(folder.lines(folder.load())).startsWith("project.yaml:2:").contains(message);
    }
}
