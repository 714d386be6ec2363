package io.odibi.monitoring.otel;

import io.odibi.core.execution.RunEvent;
import io.odibi.core.execution.RunListener;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Exports the metrics of a run's queries as OpenTelemetry's environment variables say. An export that fails costs the run nothing and
 * is told once.
 */
public final class OtelMetrics implements RunListener, AutoCloseable {

    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static final String METRICS_ENDPOINT = "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT";
    private static final String EXPORTER = "OTEL_METRICS_EXPORTER";
    private static final String DISABLED = "OTEL_SDK_DISABLED";
    private static final Duration LAST_EXPORT = Duration.ofSeconds(5);

    /** OpenTelemetry's own logger: what it says of failed exports has class names and stack traces. Held, since a logger can be lost. */
    private static final Logger CHATTER = Logger.getLogger("io.opentelemetry");

    private final OpenTelemetrySdk sdk;
    private final QueryMetrics metrics;

    private OtelMetrics(OpenTelemetrySdk sdk, Clock clock) {
        this.sdk = sdk;
        this.metrics = new QueryMetrics(sdk.getMeterProvider().get("io.odibi.streaming"), clock);
    }

    /**
     * Returns what exports metrics, if the environment asks for it: by {@code OTEL_EXPORTER_OTLP_ENDPOINT} (or the one for metrics), or
     * by {@code OTEL_METRICS_EXPORTER}.
     *
     * @param environment environment variables
     * @param project becomes the service's name, unless {@code OTEL_SERVICE_NAME} says another
     * @param notices is told in a line, once, if nothing can be exported
     */
    public static Optional<OtelMetrics> open(
            Map<String, String> environment, String project, Clock clock, Consumer<String> notices) {
        if (!isAsked(environment)) {
            return Optional.empty();
        }
        CHATTER.setLevel(Level.OFF);
        AtomicBoolean told = new AtomicBoolean();
        Consumer<String> once = notice -> {
            if (!told.getAndSet(true)) {
                notices.accept(notice);
            }
        };
        try {
            OpenTelemetrySdk sdk = AutoConfiguredOpenTelemetrySdk.builder()
                    .disableShutdownHook()
                    .addPropertiesSupplier(() -> defaults(project))
                    .addPropertiesCustomizer(config -> properties(environment))
                    .addMetricExporterCustomizer((exporter, config) -> new Telling(exporter, once))
                    .build()
                    .getOpenTelemetrySdk();
            return Optional.of(new OtelMetrics(sdk, clock));
        } catch (RuntimeException | LinkageError unusable) {
            once.accept("cannot export metrics: OTEL_... in the environment asks for what is not there; the run goes on"
                    + " without");
            return Optional.empty();
        }
    }

    private static boolean isAsked(Map<String, String> environment) {
        String exporter = environment.getOrDefault(EXPORTER, "");
        boolean isNamed = !exporter.isEmpty() && !exporter.equals("none");
        boolean hasEndpoint = !environment.getOrDefault(ENDPOINT, "").isEmpty()
                || !environment.getOrDefault(METRICS_ENDPOINT, "").isEmpty();
        return (isNamed || (exporter.isEmpty() && hasEndpoint))
                && !"true".equalsIgnoreCase(environment.getOrDefault(DISABLED, ""));
    }

    private static Map<String, String> defaults(String project) {
        return Map.of(
                "otel.service.name", project,
                "otel.exporter.otlp.protocol", "http/protobuf",
                "otel.metrics.exporter", "otlp",
                "otel.traces.exporter", "none",
                "otel.logs.exporter", "none");
    }

    /** The environment as the embedder gave it, in OpenTelemetry's names for properties. */
    private static Map<String, String> properties(Map<String, String> environment) {
        Map<String, String> properties = new HashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith("OTEL_") && !value.isEmpty()) {
                properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        // There is neither a trace nor a log record to export.
        properties.put("otel.traces.exporter", "none");
        properties.put("otel.logs.exporter", "none");
        return properties;
    }

    @Override
    public void on(RunEvent event) {
        metrics.on(event);
    }

    /** Exports once more, within limits, and ends. */
    @Override
    public void close() {
        sdk.getSdkMeterProvider().forceFlush().join(LAST_EXPORT.toMillis(), TimeUnit.MILLISECONDS);
        sdk.shutdown().join(LAST_EXPORT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Tells of exports that failed. */
    private record Telling(MetricExporter exporter, Consumer<String> notices) implements MetricExporter {

        @Override
        public CompletableResultCode export(Collection<MetricData> metrics) {
            CompletableResultCode result = exporter.export(metrics);
            result.whenComplete(() -> {
                if (!result.isSuccess()) {
                    notices.accept("cannot export metrics for now; the run goes on, and exports are tried again");
                }
            });
            return result;
        }

        @Override
        public CompletableResultCode flush() {
            return exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return exporter.shutdown();
        }

        @Override
        public AggregationTemporality getAggregationTemporality(InstrumentType instrumentType) {
            return exporter.getAggregationTemporality(instrumentType);
        }
    }
}
