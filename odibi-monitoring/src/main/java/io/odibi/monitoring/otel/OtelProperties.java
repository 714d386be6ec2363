package io.odibi.monitoring.otel;

import io.odibi.core.model.MonitoringSpec;
import java.util.ArrayList;
import java.util.HashMap;
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
    private static final String LOOPBACK = "127.0.0.1";
    private static final String NONE = "none";
    private static final String OTLP = "otlp";

    private OtelProperties() {}

    /**
     * Returns the properties; empty if nobody asks for metrics or traces.
     *
     * @param environment environment variables
     * @param monitoring what the project says
     */
    public static Optional<Map<String, String>> of(Map<String, String> environment, MonitoringSpec monitoring) {
        Map<String, String> properties = ofProject(monitoring);
        environment.forEach((name, value) -> {
            if (name.startsWith("OTEL_") && !value.isEmpty()) {
                properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        boolean hasEndpoint = properties.containsKey(ENDPOINT);
        properties.putIfAbsent(
                METRICS, hasEndpoint || properties.containsKey("otel.exporter.otlp.metrics.endpoint") ? OTLP : NONE);
        properties.putIfAbsent(
                TRACES, hasEndpoint || properties.containsKey("otel.exporter.otlp.traces.endpoint") ? OTLP : NONE);
        // There is no log record to export.
        properties.put("otel.logs.exporter", NONE);
        boolean isOff = "true".equalsIgnoreCase(properties.get("otel.sdk.disabled"))
                || (NONE.equals(properties.get(METRICS)) && NONE.equals(properties.get(TRACES)));
        return isOff ? Optional.empty() : Optional.of(properties);
    }

    private static Map<String, String> ofProject(MonitoringSpec monitoring) {
        Map<String, String> properties = new HashMap<>();
        List<String> exporters = new ArrayList<>();
        monitoring.otlpEndpoint().ifPresent(endpoint -> {
            properties.put(ENDPOINT, endpoint);
            exporters.add(OTLP);
        });
        monitoring.prometheus().ifPresent(address -> {
            int colon = address.lastIndexOf(':');
            properties.put("otel.exporter.prometheus.host", colon < 0 ? LOOPBACK : address.substring(0, colon));
            properties.put("otel.exporter.prometheus.port", address.substring(colon + 1));
            exporters.add("prometheus");
        });
        if (!exporters.isEmpty()) {
            properties.put(METRICS, String.join(",", exporters));
        }
        if (!monitoring.otlpHeaders().isEmpty()) {
            properties.put(
                    "otel.exporter.otlp.headers",
                    monitoring.otlpHeaders().entrySet().stream()
                            .map(header ->
                                    header.getKey() + "=" + header.getValue().reveal())
                            .collect(Collectors.joining(",")));
        }
        monitoring.interval().ifPresent(every -> properties.put("otel.metric.export.interval", "" + every.toMillis()));
        return properties;
    }
}
