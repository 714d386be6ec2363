package io.odibi.monitoring.otel;

import io.odibi.core.model.MonitoringSpec;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * OpenTelemetry's own properties, from what a project says under {@code monitoring:} and from OpenTelemetry's environment variables,
 * which win.
 */
public final class OtelProperties {

    private static final String METRICS = "otel.metrics.exporter";
    private static final String TRACES = "otel.traces.exporter";
    private static final String ENDPOINT = "otel.exporter.otlp.endpoint";
    private static final String PROMETHEUS_HOST = "otel.exporter.prometheus.host";
    private static final String RESOURCE = "otel.resource.attributes";
    private static final String LOOPBACK = "127.0.0.1";
    private static final String NONE = "none";
    private static final String OTLP = "otlp";

    private OtelProperties() {}

    /**
     * Returns the properties; empty if nobody asks for metrics or traces.
     *
     * @param environment environment variables
     * @param monitoring what the project says
     * @param project the project's name, by which the service goes where nobody says another
     */
    public static Optional<Map<String, String>> of(
            Map<String, String> environment, MonitoringSpec monitoring, String project) {
        Map<String, String> properties = new HashMap<>();
        // What is open to other machines is so because somebody said it.
        properties.put(PROMETHEUS_HOST, LOOPBACK);
        properties.put("otel.exporter.otlp.protocol", "http/protobuf");
        putProject(properties, monitoring);
        environment.forEach((name, value) -> {
            if (name.startsWith("OTEL_") && !value.isEmpty()) {
                properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        putExporters(properties, monitoring);
        properties.put(RESOURCE, resource(environment, monitoring, project));
        boolean isOff = "true".equalsIgnoreCase(properties.get("otel.sdk.disabled"))
                || (NONE.equals(properties.get(METRICS)) && NONE.equals(properties.get(TRACES)));
        return isOff ? Optional.empty() : Optional.of(properties);
    }

    private static void putProject(Map<String, String> properties, MonitoringSpec monitoring) {
        monitoring.otlpEndpoint().ifPresent(endpoint -> properties.put(ENDPOINT, endpoint));
        monitoring.prometheus().ifPresent(address -> {
            int colon = address.lastIndexOf(':');
            properties.put(PROMETHEUS_HOST, colon < 0 ? LOOPBACK : address.substring(0, colon));
            properties.put("otel.exporter.prometheus.port", address.substring(colon + 1));
        });
        Map<String, String> headers = new LinkedHashMap<>();
        monitoring.otlpHeaders().forEach((name, value) -> headers.put(name, value.reveal()));
        if (!headers.isEmpty()) {
            properties.put("otel.exporter.otlp.headers", pairs(headers));
        }
        monitoring.interval().ifPresent(every -> properties.put("otel.metric.export.interval", "" + every.toMillis()));
    }

    /** An exporter that has an address is used, unless the environment lists the exporters itself. */
    private static void putExporters(Map<String, String> properties, MonitoringSpec monitoring) {
        boolean isEndpoint = properties.containsKey(ENDPOINT);
        List<String> metrics = new ArrayList<>();
        if (isEndpoint || properties.containsKey("otel.exporter.otlp.metrics.endpoint")) {
            metrics.add(OTLP);
        }
        if (monitoring.prometheus().isPresent()) {
            metrics.add("prometheus");
        }
        boolean isTraced = isEndpoint || properties.containsKey("otel.exporter.otlp.traces.endpoint");
        properties.putIfAbsent(METRICS, metrics.isEmpty() ? NONE : String.join(",", metrics));
        properties.putIfAbsent(TRACES, isTraced ? OTLP : NONE);
        // There is no log record to export.
        properties.put("otel.logs.exporter", NONE);
    }

    /** Of an attribute that is said twice the later holds; {@code OTEL_SERVICE_NAME} wins over all of them. */
    private static String resource(Map<String, String> environment, MonitoringSpec monitoring, String project) {
        Map<String, String> ofProject = new LinkedHashMap<>();
        ofProject.put("service.name", monitoring.serviceName().orElse(project));
        ofProject.putAll(monitoring.resourceAttributes());
        String ofEnvironment = environment.getOrDefault("OTEL_RESOURCE_ATTRIBUTES", "");
        return pairs(ofProject) + (ofEnvironment.isEmpty() ? "" : "," + ofEnvironment);
    }

    private static String pairs(Map<String, String> values) {
        return values.entrySet().stream()
                .map(pair -> pair.getKey() + "="
                        + URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8)
                                .replace("+", "%20"))
                .collect(Collectors.joining(","));
    }
}
