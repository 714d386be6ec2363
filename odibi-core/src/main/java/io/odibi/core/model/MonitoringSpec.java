package io.odibi.core.model;

import io.odibi.core.text.Secret;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a project's runs tell of themselves. What the command line or the environment says wins.
 *
 * @param http where the control channel listens for HTTP, {@code [HOST:]PORT}; empty for nowhere
 * @param otlpEndpoint where metrics and traces are sent by OTLP over HTTP; empty for nowhere
 * @param otlpHeaders what is sent with them, such as a key
 * @param interval how often metrics are sent; empty for OpenTelemetry's minute
 * @param prometheus where Prometheus may fetch metrics, {@code [HOST:]PORT}; empty for nowhere
 * @param serviceName what metrics and traces are said to be of; empty for the project's name
 * @param resourceAttributes what else is said of that, such as where it runs
 */
public record MonitoringSpec(
        Optional<String> http,
        Optional<String> otlpEndpoint,
        Map<String, Secret> otlpHeaders,
        Optional<Duration> interval,
        Optional<String> prometheus,
        Optional<String> serviceName,
        Map<String, String> resourceAttributes) {

    private static final MonitoringSpec NONE = new MonitoringSpec(
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of());

    public MonitoringSpec {
        otlpHeaders = Collections.unmodifiableMap(new LinkedHashMap<>(otlpHeaders));
        resourceAttributes = Collections.unmodifiableMap(new LinkedHashMap<>(resourceAttributes));
    }

    /** Returns what holds for a project that says nothing. */
    public static MonitoringSpec none() {
        return NONE;
    }
}
