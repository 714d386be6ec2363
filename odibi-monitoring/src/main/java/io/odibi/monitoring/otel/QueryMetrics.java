package io.odibi.monitoring.otel;

import io.odibi.core.execution.QueryProgress;
import io.odibi.core.execution.RunEvent;
import io.odibi.core.execution.RunListener;
import io.odibi.core.plan.NodeId;
import io.odibi.core.plan.Plan;
import io.odibi.monitoring.queries.QueryRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * Counts what queries do. Attributes are the pipeline, the node, and for what is taken from a source its name; never ids or offsets: every
 * value of an attribute is a series that somebody stores. Counters go on over restarts, and a micro-batch that is taken again counts
 * once.
 */
final class QueryMetrics implements RunListener {

    private static final AttributeKey<String> PIPELINE = AttributeKey.stringKey("pipeline");
    private static final AttributeKey<String> NODE = AttributeKey.stringKey("node");
    private static final AttributeKey<String> SOURCE = AttributeKey.stringKey("source");
    private static final AttributeKey<String> PHASE = AttributeKey.stringKey("phase");
    private static final List<Long> DURATIONS =
            List.of(10L, 25L, 50L, 100L, 250L, 500L, 1_000L, 2_500L, 5_000L, 10_000L, 30_000L, 60_000L, 300_000L);

    /** What a gauge says of a query. */
    private static final class Series {
        private final NodeId node;
        private final Attributes attributes;
        private volatile Optional<QueryProgress> last = Optional.empty();
        private volatile boolean isUp = true;
        private long starts;
        private String counted = "";
        private long countedBatch = -1;

        private Series(NodeId node) {
            this.node = node;
            this.attributes = Attributes.of(PIPELINE, node.pipeline(), NODE, node.node());
        }

        private Attributes with(AttributeKey<String> key, String value) {
            return attributes.toBuilder().put(key, value).build();
        }

        /** Whether a micro-batch is told for the first time. */
        private boolean isNew(QueryProgress progress) {
            boolean isSame = progress.query().id().equals(counted) && progress.batch() <= countedBatch;
            if (!isSame) {
                counted = progress.query().id();
                countedBatch = progress.batch();
            }
            return !isSame;
        }
    }

    private final ConcurrentMap<NodeId, Series> queries = new ConcurrentHashMap<>();
    private final LongCounter processed;
    private final LongCounter written;
    private final LongCounter late;
    private final LongCounter restarts;
    private final LongHistogram duration;
    private final LongHistogram phases;
    private final Plan plan;

    QueryMetrics(Meter meter, Plan plan, QueryRegistry registry, Clock clock) {
        this.plan = plan;
        processed = counter(meter, "odibi.streaming.records_processed", "Records taken from the sources", "{record}");
        written = counter(meter, "odibi.streaming.records_written", "Records written to the sink", "{record}");
        late = counter(meter, "odibi.streaming.late_records", "Records dropped as too late", "{record}");
        restarts = counter(meter, "odibi.streaming.restarts", "Starts after the first", "{restart}");
        duration = histogram(meter, "odibi.streaming.batch_duration_ms", "How long micro-batches take");
        phases = histogram(meter, "odibi.streaming.batch_phase_ms", "How long the phases of micro-batches take");
        meter.gaugeBuilder("odibi.streaming.lag_records")
                .ofLongs()
                .setDescription("Records that wait in the source")
                .setUnit("{record}")
                .buildWithCallback(gauge -> queries.values().forEach(series -> lag(gauge, series)));
        meter.gaugeBuilder("odibi.streaming.lag_seconds")
                .setDescription("Time in which as many records came as wait in the sources")
                .setUnit("s")
                .buildWithCallback(gauge -> queries.values()
                        .forEach(series -> registry.status(series.node)
                                .flatMap(status -> status.pace().lagTime())
                                .filter(time -> series.isUp)
                                .ifPresent(time -> gauge.record(time.toMillis() / 1000.0, series.attributes))));
        gauge(meter, "odibi.streaming.state_rows", "Rows held in state", "{row}", QueryProgress::state);
        gauge(meter, "odibi.streaming.state_bytes", "Memory that the state takes", "By", QueryProgress::stateBytes);
        gauge(
                meter,
                "odibi.streaming.watermark_lag_ms",
                "How far the watermark is behind the clock",
                "ms",
                progress -> watermarkLag(progress, clock.instant()));
        meter.gaugeBuilder("odibi.streaming.query_up")
                .ofLongs()
                .setDescription("1 while the query runs, 0 when it is gone")
                .buildWithCallback(gauge ->
                        queries.values().forEach(series -> gauge.record(series.isUp ? 1 : 0, series.attributes)));
    }

    @Override
    public void on(RunEvent event) {
        if (event instanceof RunEvent.QueryStarted started) {
            started(queries.computeIfAbsent(started.node(), Series::new));
        } else if (event instanceof RunEvent.BatchCommitted committed) {
            Series series = queries.computeIfAbsent(committed.node(), Series::new);
            count(series, committed.progress());
        } else if (event instanceof RunEvent.NodeEnded || event instanceof RunEvent.RestartPlanned) {
            Series series = queries.get(event.node());
            if (series != null) {
                series.isUp = false;
            }
        }
    }

    private void started(Series series) {
        series.isUp = true;
        series.starts++;
        restarts.add(series.starts > 1 ? 1 : 0, series.attributes);
        // A series that begins at zero: the first increase would be lost to whoever asks for rates.
        List<String> sources = plan.streamsOf(series.node);
        if (sources.size() == 1) {
            // Of several, the engine's names are known with the first micro-batch only.
            processed.add(0, series.with(SOURCE, sources.get(0)));
        }
        written.add(0, series.attributes);
        late.add(0, series.attributes);
    }

    private void count(Series series, QueryProgress progress) {
        series.last = Optional.of(progress);
        if (series.isNew(progress)) {
            progress.sources().forEach(source -> processed.add(source.rows(), series.with(SOURCE, source.source())));
            written.add(progress.rows().out().orElse(0), series.attributes);
            late.add(progress.lateRows(), series.attributes);
            duration.record(progress.duration().toMillis(), series.attributes);
            progress.phases().forEach((phase, time) -> phases.record(time.toMillis(), series.with(PHASE, phase)));
        }
    }

    private static void lag(ObservableLongMeasurement gauge, Series series) {
        series.last
                .filter(progress -> series.isUp)
                .ifPresent(progress -> progress.sources()
                        .forEach(source -> source.lag()
                                .ifPresent(lag -> gauge.record(lag, series.with(SOURCE, source.source())))));
    }

    private static LongHistogram histogram(Meter meter, String name, String description) {
        return meter.histogramBuilder(name)
                .ofLongs()
                .setDescription(description)
                .setUnit("ms")
                .setExplicitBucketBoundariesAdvice(DURATIONS)
                .build();
    }

    private static LongCounter counter(Meter meter, String name, String description, String unit) {
        return meter.counterBuilder(name)
                .setDescription(description)
                .setUnit(unit)
                .build();
    }

    private void gauge(
            Meter meter, String name, String description, String unit, Function<QueryProgress, OptionalLong> value) {
        meter.gaugeBuilder(name)
                .ofLongs()
                .setDescription(description)
                .setUnit(unit)
                .buildWithCallback(gauge -> queries.values().forEach(series -> record(gauge, series, value)));
    }

    /** A query that is gone has neither lag nor state. */
    private static void record(
            ObservableLongMeasurement gauge, Series series, Function<QueryProgress, OptionalLong> value) {
        series.last
                .filter(progress -> series.isUp)
                .ifPresent(progress ->
                        value.apply(progress).ifPresent(present -> gauge.record(present, series.attributes)));
    }

    private static OptionalLong watermarkLag(QueryProgress progress, Instant now) {
        Optional<Instant> watermark = progress.watermark();
        return watermark.isPresent()
                ? OptionalLong.of(Duration.between(watermark.get(), now).toMillis())
                : OptionalLong.empty();
    }
}
