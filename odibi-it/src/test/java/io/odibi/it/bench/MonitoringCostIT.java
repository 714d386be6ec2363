package io.odibi.it.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import com.sun.net.httpserver.HttpServer;
import io.odibi.config.Loaded;
import io.odibi.config.ProjectLoader;
import io.odibi.core.Odibi;
import io.odibi.core.catalog.PluginCatalog;
import io.odibi.core.execution.RunEvent;
import io.odibi.core.model.MonitoringSpec;
import io.odibi.core.run.Run;
import io.odibi.monitoring.RunMonitor;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What watching costs the driver: twenty small streams, with the registry, the control channel, metrics and traces to a receiver, and without any
 * of that, turn about in one process. The figure is processor time for each micro-batch, as a ratio.
 */
@Tag("heavy")
class MonitoringCostIT {

    private static final int QUERIES = 20;
    private static final int ROUNDS = 3;
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration MEASURED = Duration.ofSeconds(30);

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final LongAdder batches = new LongAdder();

    @TempDir
    Path folder;

    @Test
    @Timeout(900)
    void comparesTwentyWatchedStreamsWithTwentyUnwatched() throws Exception {
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        LongAdder exports = new LongAdder();
        receiver.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exports.increment();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
        Map<String, String> watched = Map.of(
                "XDG_STATE_HOME",
                folder.resolve("state").toString(),
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://127.0.0.1:" + receiver.getAddress().getPort(),
                "OTEL_METRIC_EXPORT_INTERVAL",
                "5000");
        List<Double> on = new ArrayList<>();
        List<Double> off = new ArrayList<>();
        measure("warm-up", Optional.empty());
        for (int round = 0; round < ROUNDS; round++) {
            on.add(measure("on-" + round, Optional.of(watched)));
            off.add(measure("off-" + round, Optional.empty()));
        }
        receiver.stop(0);
        System.out.printf(
                "processor time for a micro-batch, %d queries: watched %.1f ms, unwatched %.1f ms, ratio %.3f (all: %s, %s); %d exports%n",
                QUERIES, median(on), median(off), median(on) / median(off), on, off, exports.sum());
        assertThat(exports.sum()).as("exports").isPositive();
    }

    private double measure(String name, Optional<Map<String, String>> watched) throws Exception {
        try (Odibi odibi = new Odibi(PluginCatalog.discover(getClass().getClassLoader()), Clock.systemUTC())) {
            Loaded loaded = new ProjectLoader(Map.of(), Clock.systemUTC()).load(project(name), Optional.empty());
            var plan = odibi.check(loaded.project().orElseThrow(), loaded.findings())
                    .orThrow();
            Optional<RunMonitor> monitor = watched.map(
                    environment -> new RunMonitor(environment, MonitoringSpec.none(), Clock.systemUTC(), notice -> {}));
            Run run = odibi.prepare(plan, event -> {
                monitor.ifPresent(one -> one.on(event));
                if (event instanceof RunEvent.BatchCommitted) {
                    batches.increment();
                }
            });
            monitor.ifPresent(one -> one.open(run));
            CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> {
                try {
                    run.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            });
            try {
                pass(WARM_UP, ended);
                long batchesBefore = batches.sum();
                long cpuBefore = system.getProcessCpuTime();
                pass(MEASURED, ended);
                double millis = (system.getProcessCpuTime() - cpuBefore) / 1e6;
                return millis / (batches.sum() - batchesBefore);
            } finally {
                run.drain(Duration.ofSeconds(30));
                ended.get(60, TimeUnit.SECONDS);
                monitor.ifPresent(RunMonitor::close);
            }
        }
    }

    private static void pass(Duration time, CompletableFuture<Void> ended) {
        long end = System.nanoTime() + time.toNanos();
        Awaitility.await().atMost(time.plusSeconds(10)).until(() -> ended.isDone() || System.nanoTime() > end);
        assertThat(ended).as("the run").isNotDone();
    }

    private Path project(String name) throws Exception {
        StringBuilder yaml = new StringBuilder("""
                project: cost
                spark: {spark.sql.shuffle.partitions: 1, spark.master: "local[2]"}
                connections:
                  lake: {type: local, base_path: %s}
                pipelines:
                  - pipeline: cost
                    nodes:
                """.formatted(folder.resolve(name)));
        for (int i = 0; i < QUERIES; i++) {
            yaml.append("""
                      - name: q%1$d
                        streaming: {trigger: 1 second}
                        read: {format: rate, options: {rowsPerSecond: 10, numPartitions: 1}}
                        write: {connection: lake, format: json, path: q%1$d}
                """.formatted(i));
        }
        return Files.writeString(folder.resolve(name + ".yaml"), yaml);
    }

    private static double median(List<Double> figures) {
        return figures.stream().sorted().toList().get(figures.size() / 2);
    }
}
