package io.odibi.it.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.config.Loaded;
import io.odibi.config.ProjectLoader;
import io.odibi.core.Odibi;
import io.odibi.core.catalog.PluginCatalog;
import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.RunEvent.BatchCommitted;
import io.odibi.core.finding.FindingText;
import io.odibi.core.run.RunResult;
import io.odibi.it.e2e.BackgroundRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A folder for each test, and the projects that work on it: connection {@code lake} is the folder, connection {@code tables} Spark's
 * catalog. Projects join the one Spark of the class, as they join that of a notebook.
 */
final class Lake implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {

    private SparkSession spark;
    private Path warehouse;
    private Path folder;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        warehouse = Files.createTempDirectory("odibi-warehouse");
        spark = SparkSession.builder()
                .master("local[2]")
                .appName("formats")
                .config("spark.ui.enabled", false)
                .config("spark.sql.shuffle.partitions", 1)
                .config("spark.databricks.delta.snapshotPartitions", 1)
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.scheduler.mode", "FAIR")
                .config("spark.sql.warehouse.dir", warehouse.toString())
                .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                .getOrCreate();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        spark.stop();
        delete(warehouse);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        folder = Files.createTempDirectory("odibi-lake");
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        delete(folder);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
    }

    Path path(String relative) {
        return folder.resolve(relative);
    }

    /** Writes a file of lines. */
    void file(String relative, String... lines) throws IOException {
        Path file = folder.resolve(relative);
        Files.createDirectories(file.getParent());
        Files.write(file, Arrays.asList(lines));
    }

    /** Lets a file look as if it had been there for some time. */
    void setAge(String relative, Duration age) throws IOException {
        Files.setLastModifiedTime(
                folder.resolve(relative), FileTime.from(Instant.now().minus(age)));
    }

    /** Names of what lies in a folder, but for what is hidden. */
    List<String> list(String relative) throws IOException {
        Path place = folder.resolve(relative);
        if (!Files.exists(place)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(place)) {
            return found.map(path -> path.getFileName().toString())
                    .filter(name -> !name.startsWith(".") && !name.startsWith("_"))
                    .sorted()
                    .toList();
        }
    }

    /** What a question gives, one text for each row; {@code {lake}} is this folder. */
    List<String> rows(String sql) {
        return spark.sql(sql.replace("{lake}", folder.toString())).collectAsList().stream()
                .map(Row::toString)
                .toList();
    }

    /** How a Delta table is partitioned, and the properties that it was given. */
    String detail(String table) {
        return spark.sql("DESCRIBE DETAIL " + table.replace("{lake}", folder.toString()))
                .select("partitionColumns", "properties")
                .head()
                .toString();
    }

    /** Runs nodes, each a YAML text that begins with {@code - name:}, which all have to end well; returns their micro-batches in order. */
    List<BatchCommitted> run(String... nodes) throws Exception {
        try (BackgroundRun run = start(nodes)) {
            RunResult result = run.await();
            assertThat(result.isWell()).as(result.toString()).isTrue();
            return run.events().stream()
                    .filter(BatchCommitted.class::isInstance)
                    .map(BatchCommitted.class::cast)
                    .toList();
        }
    }

    /** Starts nodes; the caller closes the run. */
    BackgroundRun start(String... nodes) throws Exception {
        return BackgroundRun.start(project(nodes), Map.of());
    }

    /** Runs one node that fails, and returns what is told. */
    String failure(String node) throws Exception {
        try (BackgroundRun run = start(node)) {
            NodeResult result = run.await().nodes().get(0);
            assertThat(result.failure()).as(result.toString()).isPresent();
            return result.failure().orElseThrow().message().replace(folder.toString(), "{lake}");
        }
    }

    /** What is told of nodes before they start; empty if all is well. */
    String findings(String... nodes) throws Exception {
        Loaded loaded = new ProjectLoader(Map.of(), Clock.systemUTC()).load(project(nodes), Optional.empty());
        try (Odibi odibi = new Odibi(PluginCatalog.discover(Lake.class.getClassLoader()), Clock.systemUTC())) {
            return new FindingText()
                    .render(loaded.project()
                            .map(spec -> odibi.check(spec, loaded.findings()).findings())
                            .orElseGet(() -> loaded.findings().sorted()))
                    .replace(folder.toString(), "{lake}");
        }
    }

    private Path project(String... nodes) throws IOException {
        StringBuilder yaml = new StringBuilder("""
                project: formats
                connections:
                  lake: {type: local, base_path: "%s"}
                  tables: {type: delta}
                pipelines:
                  - pipeline: p
                    nodes:
                """.formatted(folder));
        for (String node : nodes) {
            node.strip()
                    .lines()
                    .forEach(line -> yaml.append("      ").append(line).append('\n'));
        }
        return Files.writeString(folder.resolve("project.yaml"), yaml.toString());
    }
}
