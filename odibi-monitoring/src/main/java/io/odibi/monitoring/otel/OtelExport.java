package io.odibi.monitoring.otel;

import io.odibi.core.execution.RunEvent;
import io.odibi.core.execution.RunListener;
import io.odibi.core.plan.Plan;
import io.odibi.monitoring.queries.QueryRegistry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Exports metrics and traces of a run's queries. An export that fails costs the run nothing and is told once.
 */
public final class OtelExport implements RunListener, AutoCloseable {

    private static final String SCOPE = "io.odibi.streaming";
    private static final Duration LAST_EXPORT = Duration.ofSeconds(5);

    /** OpenTelemetry's own logger: what it says of failed exports has class names and stack traces. Held, since a logger can be lost. */
    private static final Logger CHATTER = Logger.getLogger("io.opentelemetry");

    private final OpenTelemetrySdk sdk;
    private final QueryMetrics metrics;
    private final BatchSpans spans;

    private OtelExport(OpenTelemetrySdk sdk, Plan plan, QueryRegistry registry, Clock clock) {
        this.sdk = sdk;
        this.metrics = new QueryMetrics(sdk.getMeterProvider().get(SCOPE), plan, registry, clock);
        this.spans = new BatchSpans(sdk.getTracerProvider().get(SCOPE));
    }

    /**
     * Returns what exports, or nothing where that is not possible, which is told.
     *
     * @param properties OpenTelemetry's own: see {@link OtelProperties}
     * @param plan what runs
     * @param registry the queries
     * @param clock the time
     * @param notices is told in a line, once, if nothing can be exported
     */
    public static Optional<OtelExport> open(
            Map<String, String> properties, Plan plan, QueryRegistry registry, Clock clock, Consumer<String> notices) {
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
                    .addPropertiesCustomizer(config -> properties)
                    .addMetricExporterCustomizer((exporter, config) -> new TellingMetrics(exporter, once))
                    .addSpanExporterCustomizer((exporter, config) -> new TellingSpans(exporter, once))
                    .build()
                    .getOpenTelemetrySdk();
            return Optional.of(new OtelExport(sdk, plan, registry, clock));
        } catch (RuntimeException | LinkageError unusable) {
            once.accept(
                    "cannot export metrics and traces: 'monitoring' or OTEL_... in the environment asks for what is not"
                            + " there; the run goes on without");
            return Optional.empty();
        }
    }

    @Override
    public void on(RunEvent event) {
        metrics.on(event);
        spans.on(event);
    }

    /** Exports once more, within limits, and ends. */
    @Override
    public void close() {
        CompletableResultCode.ofAll(List.of(
                        sdk.getSdkMeterProvider().forceFlush(),
                        sdk.getSdkTracerProvider().forceFlush()))
                .join(LAST_EXPORT.toMillis(), TimeUnit.MILLISECONDS);
        sdk.shutdown().join(LAST_EXPORT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static CompletableResultCode telling(CompletableResultCode export, String what, Consumer<String> notices) {
        export.whenComplete(() -> {
            if (!export.isSuccess()) {
                notices.accept("cannot export " + what + " for now; the run goes on, and exports are tried again");
            }
        });
        return export;
    }

    /** Tells of exports of metrics that failed. */
    private record TellingMetrics(MetricExporter exporter, Consumer<String> notices) implements MetricExporter {

        @Override
        public CompletableResultCode export(Collection<MetricData> metrics) {
            return telling(exporter.export(metrics), "metrics", notices);
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

    /** Tells of exports of spans that failed. */
    private record TellingSpans(SpanExporter exporter, Consumer<String> notices) implements SpanExporter {

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            return telling(exporter.export(spans), "traces", notices);
        }

        @Override
        public CompletableResultCode flush() {
            return exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return exporter.shutdown();
        }
    }
}
