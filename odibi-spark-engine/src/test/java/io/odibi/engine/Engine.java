package io.odibi.engine;

import io.odibi.core.Odibi;
import io.odibi.core.catalog.PluginCatalog;
import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.RunEvent;
import io.odibi.core.finding.Findings;
import io.odibi.core.port.Plugin;
import io.odibi.core.run.Run;
import io.odibi.core.run.RunResult;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Checks and runs projects on the one Spark session of the test process. */
public final class Engine implements AutoCloseable {

    private final Odibi odibi;
    private final List<RunEvent> events = new CopyOnWriteArrayList<>();

    public Engine(Plugin... more) {
        spark();
        List<Plugin> plugins = new ArrayList<>(List.of(new SparkEnginePlugin(), new FakeSteps()));
        plugins.addAll(List.of(more));
        odibi = new Odibi(PluginCatalog.of(plugins), Clock.systemUTC());
    }

    /** Returns the session of the test process, with Delta; engines work in siblings of it. */
    public static synchronized SparkSession spark() {
        return SparkSession.builder()
                .master("local[2]")
                .appName("engine-tests")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "1")
                .config("spark.databricks.delta.snapshotPartitions", "1")
                .config("spark.scheduler.mode", "FAIR")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                .config(
                        "spark.sql.warehouse.dir",
                        Path.of("target", "warehouse").toAbsolutePath().toString())
                .getOrCreate();
    }

    public static Dataset<Row> delta(Path path) {
        return spark().read().format("delta").load(path.toString());
    }

    public List<RunEvent> events() {
        return events;
    }

    public Odibi odibi() {
        return odibi;
    }

    /** Checks a project and prepares its run. */
    public Run prepare(TestProject project) {
        return odibi.prepare(odibi.check(project.spec(), new Findings()).orThrow(), events::add);
    }

    /** Checks a project and runs it to its end. */
    public RunResult run(TestProject project) throws InterruptedException {
        return await(inBackground(prepare(project)));
    }

    /** Returns the one result of a project with one node. */
    public NodeResult runOne(TestProject project) throws InterruptedException {
        return run(project).nodes().get(0);
    }

    public static CompletableFuture<RunResult> inBackground(Run run) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return run.await();
                    } catch (InterruptedException stopped) {
                        throw new IllegalStateException(stopped);
                    }
                },
                work -> {
                    Thread thread = new Thread(work, "run");
                    thread.setDaemon(true);
                    thread.start();
                });
    }

    public static RunResult await(CompletableFuture<RunResult> run) throws InterruptedException {
        try {
            return run.get(120, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException fault) {
            throw new IllegalStateException("the run did not end", fault);
        }
    }

    /** Whether a node of pipeline {@code p} has ended. */
    public static boolean ended(Engine engine, String node) {
        return engine.events().stream()
                .anyMatch(event -> event instanceof RunEvent.NodeEnded
                        && event.node().node().equals(node));
    }

    @Override
    public void close() {
        odibi.close();
    }
}
