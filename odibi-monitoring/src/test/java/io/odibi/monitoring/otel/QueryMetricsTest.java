package io.odibi.monitoring.otel;

import static io.odibi.monitoring.queries.Events.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.execution.NodeResult.Outcome;
import io.odibi.monitoring.queries.Events;
import io.odibi.monitoring.queries.LiveQueries;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueryMetricsTest {

    private static final Clock CLOCK = Clock.fixed(Events.START.plusSeconds(30), ZoneOffset.UTC);
    private static final LiveQueries QUERIES =
            new LiveQueries(Events.plan(ORDERS), (query, grace) -> true, (query, grace) -> true, CLOCK);

    private final InMemoryMetricReader reader = InMemoryMetricReader.create();
    private final SdkMeterProvider provider =
            SdkMeterProvider.builder().registerMetricReader(reader).build();
    private final QueryMetrics metrics = new QueryMetrics(provider.get("test"), Events.plan(ORDERS), QUERIES, CLOCK);

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void exportsZeroBeforeTheFirstMicroBatch() {
        metrics.on(Events.queryStarted(ORDERS));

        assertThat(sum("odibi.streaming.records_processed")).isZero();
        assertThat(sum("odibi.streaming.late_records")).isZero();
        assertThat(sum("odibi.streaming.restarts")).isZero();
        assertThat(gauge("odibi.streaming.query_up")).contains(1L);
        assertThat(gauge("odibi.streaming.lag_records")).isEmpty();
    }

    @Test
    void showsAQueryThatNeverStarted() {
        metrics.on(Events.nodeStarted(ORDERS));
        assertThat(gauge("odibi.streaming.query_up")).contains(0L);
        assertThat(sum("odibi.streaming.records_processed")).isZero();

        metrics.on(Events.queryStarted(ORDERS));
        assertThat(gauge("odibi.streaming.query_up")).contains(1L);
        assertThat(sum("odibi.streaming.restarts")).isZero();

        metrics.on(Events.restartPlanned(ORDERS));
        assertThat(gauge("odibi.streaming.query_up")).contains(0L);
    }

    @Test
    void countsEachMicroBatchOnce() {
        metrics.on(Events.queryStarted(ORDERS));
        metrics.on(Events.committed(ORDERS, 1, 10, 5, 7));
        metrics.on(Events.committed(ORDERS, 2, 10, 4, 8));
        // Restarted, and the last is taken again.
        metrics.on(Events.queryStarted(ORDERS));
        metrics.on(Events.committed(ORDERS, 2, 10, 4, 8));
        metrics.on(Events.committed(ORDERS, 3, 10, 3, 9));

        assertThat(sum("odibi.streaming.records_processed")).isEqualTo(30);
        assertThat(sum("odibi.streaming.records_written")).isEqualTo(30);
        assertThat(sum("odibi.streaming.late_records")).isEqualTo(3);
        assertThat(sum("odibi.streaming.restarts")).isEqualTo(1);
        assertThat(metric("odibi.streaming.batch_duration_ms")
                        .getHistogramData()
                        .getPoints())
                .singleElement()
                .satisfies(point -> {
                    assertThat(point.getCount()).isEqualTo(3);
                    assertThat(point.getSum()).isEqualTo(3_000);
                });
    }

    @Test
    void showsLagStateAndWatermarkWhileTheQueryRuns() {
        metrics.on(Events.queryStarted(ORDERS));
        metrics.on(Events.committed(ORDERS, 2, 10, 5, 7));

        assertThat(gauge("odibi.streaming.lag_records")).contains(5L);
        assertThat(gauge("odibi.streaming.state_rows")).contains(7L);
        assertThat(gauge("odibi.streaming.state_bytes")).contains(700L);
        assertThat(gauge("odibi.streaming.watermark_lag_ms")).contains(70_000L);

        metrics.on(Events.ended(ORDERS, Outcome.STOPPED));
        assertThat(gauge("odibi.streaming.query_up")).contains(0L);
        assertThat(gauge("odibi.streaming.lag_records")).isEmpty();
    }

    @Test
    void namesNoIdsAndNoOffsets() {
        metrics.on(Events.queryStarted(ORDERS));
        metrics.on(Events.committed(ORDERS, 1, 10, 5, 7));

        assertThat(reader.collectAllMetrics())
                .isNotEmpty()
                .allSatisfy(metric -> assertThat(metric.getData().getPoints())
                        .extracting(PointData::getAttributes)
                        .allSatisfy(attributes -> assertThat(attributes.asMap().keySet())
                                .extracting(AttributeKey::getKey)
                                .contains("pipeline", "node")
                                .isSubsetOf("pipeline", "node", "source", "phase")));
    }

    private MetricData metric(String name) {
        return find(name).orElseThrow();
    }

    private Optional<MetricData> find(String name) {
        return reader.collectAllMetrics().stream()
                .filter(metric -> metric.getName().equals(name))
                .findFirst();
    }

    private long sum(String name) {
        return metric(name).getLongSumData().getPoints().stream()
                .mapToLong(LongPointData::getValue)
                .sum();
    }

    private Optional<Long> gauge(String name) {
        return find(name)
                .flatMap(metric -> metric.getLongGaugeData().getPoints().stream()
                        .map(LongPointData::getValue)
                        .findFirst());
    }
}
