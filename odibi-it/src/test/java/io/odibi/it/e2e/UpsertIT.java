package io.odibi.it.e2e;

import static io.odibi.it.matrix.Use.UPSERT_APPEND_STREAM;
import static io.odibi.it.matrix.Use.UPSERT_BATCH;
import static io.odibi.it.matrix.Use.UPSERT_UPDATE_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.NodeResult.Outcome;
import io.odibi.it.matrix.Proves;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Upserts into real Delta tables, in batch and as a stream, replayed and compared with a batch. */
@Timeout(240)
class UpsertIT {

    @TempDir
    Path folder;

    private Path in;

    @BeforeEach
    void makeFolder() throws Exception {
        in = Files.createDirectory(folder.resolve("in"));
    }

    @Test
    @Proves(format = "delta", use = UPSERT_BATCH)
    void changesAddsAndRemovesRowsInBatch() throws Exception {
        String write = "mode: upsert, keys: [id], delete_condition: \"source.gone\"";
        file(
                "a.json",
                row(1, "one", 1),
                row(2, "two", 1),
                "{\"id\": 9, \"name\": \"never\", \"at\": 1, \"gone\": true}");
        run(batch(write));
        assertThat(table("SELECT id, name FROM {t} ORDER BY id")).containsExactly("[1,one]", "[2,two]");

        Files.delete(in.resolve("a.json"));
        file(
                "b.json",
                row(2, "TWO", 2),
                row(3, "three", 2),
                "{\"id\": 1, \"name\": \"one\", \"at\": 2, \"gone\": true}");
        run(batch(write));
        assertThat(table("SELECT id, name FROM {t} ORDER BY id")).containsExactly("[2,TWO]", "[3,three]");
    }

    @Test
    @Proves(format = "delta", use = UPSERT_APPEND_STREAM)
    void takesTheNewestOfRowsWithOneKeyAndWritesNoMicroBatchTwice() throws Exception {
        String write = "mode: upsert, keys: [id], order_by: at";
        file("a.json", row(1, "old", 1), row(1, "new", 2), row(2, "two", 1));
        run(stream(write, "append", ""));
        file("b.json", row(2, "TWO", 2), row(3, "three", 2));
        run(stream(write, "append", ""));
        List<String> landed = table("SELECT id, name FROM {t} ORDER BY id");
        assertThat(landed).containsExactly("[1,new]", "[2,TWO]", "[3,three]");
        long versions = merges();

        // As after a crash between the merge and Spark's note of it: the micro-batch is taken again.
        Files.delete(folder.resolve("state/commits/1"));
        run(stream(write, "append", ""));

        assertThat(merges()).as("merges").isEqualTo(versions);
        assertThat(table("SELECT id, name FROM {t} ORDER BY id")).isEqualTo(landed);
    }

    @Test
    @Proves(format = "delta", use = UPSERT_UPDATE_STREAM)
    void keepsAWindowedCountUpToDateInUpdateMode() throws Exception {
        String sql =
                "SELECT window(timestamp_seconds(at), '10 seconds').start AS begins, count(*) AS rows FROM {input} GROUP BY window(timestamp_seconds(at), '10 seconds')";
        String steps = "transform: {steps: [\"SELECT *, timestamp_seconds(at) AS ts FROM {input}\", \""
                + sql.replace("timestamp_seconds(at)", "ts") + "\"]}";
        String write = "mode: upsert, keys: [begins]";
        for (int i = 0; i < 4; i++) {
            file(i + ".json", row(i, "x", 3 * i), row(10 + i, "y", 3 * i + 20));
            run(stream(write, "update", steps));
        }

        assertThat(table("SELECT begins, rows FROM {t} ORDER BY begins"))
                .isNotEmpty()
                .isEqualTo(rows(spark -> spark.read()
                        .schema("id BIGINT, name STRING, at BIGINT, gone BOOLEAN")
                        .json(in.toString())
                        .selectExpr("window(timestamp_seconds(at), '10 seconds').start AS begins")
                        .groupBy("begins")
                        .count()
                        .orderBy("begins")));
    }

    @Test
    void refusesRowsWithOneKeyThatNothingOrders() throws Exception {
        file("a.json", row(7, "a", 1), row(7, "b", 1), row(8, "c", 1));
        try (BackgroundRun run = BackgroundRun.start(batch("mode: upsert, keys: [id]"), Map.of())) {
            NodeResult result = run.await().nodes().get(0);

            assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(result.failure().orElseThrow().message())
                    .contains("in one batch are 2 rows with id = 7; 'order_by' names the column");
        }
        assertThat(table("SELECT * FROM {t}")).isEmpty();
    }

    @Test
    void addsColumnsOnlyWhereThatIsAskedFor() throws Exception {
        file("a.json", row(1, "one", 1));
        run(batch("mode: upsert, keys: [id]"));
        Path wider = project("wider", """
                read: {connection: lake, format: json, path: in, options: {schema: "id BIGINT, name STRING, at BIGINT, gone BOOLEAN"}}
                        transform: {steps: ["SELECT *, 'new' AS more FROM {input}"]}
                        write: {connection: lake, format: delta, path: out, mode: upsert, keys: [id], merge_schema: true}
                """);

        run(wider);

        assertThat(table("SELECT id, more FROM {t}")).containsExactly("[1,new]");
    }

    private static String row(int id, String name, int at) {
        return "{\"id\": %d, \"name\": \"%s\", \"at\": %d}".formatted(id, name, at);
    }

    private void file(String name, String... rows) throws Exception {
        Files.write(in.resolve(name), List.of(rows));
    }

    private Path batch(String write) throws Exception {
        return project("batch", """
                read: {connection: lake, format: json, path: in, options: {schema: "id BIGINT, name STRING, at BIGINT, gone BOOLEAN"}}
                        write: {connection: lake, format: delta, path: out, %s}
                """.formatted(write));
    }

    private Path stream(String write, String mode, String steps) throws Exception {
        String watermark = mode.equals("update") ? ", watermark: \"ts, 1 minute\"" : "";
        return project("stream", """
                streaming: {trigger: available_now, output_mode: %s, checkpoint_location: state%s}
                        read: {connection: lake, format: json, path: in, options: {schema: "id BIGINT, name STRING, at BIGINT, gone BOOLEAN"}}
                        %s
                        write: {connection: lake, format: delta, path: out, %s}
                """.formatted(mode, watermark, steps, write));
    }

    private Path project(String node, String keys) throws Exception {
        return Files.writeString(folder.resolve(node + ".yaml"), """
                project: upsert
                spark: {spark.sql.shuffle.partitions: 1, spark.master: "local[2]"}
                connections:
                  lake: {type: local, base_path: %s}
                pipelines:
                  - pipeline: p
                    nodes:
                      - name: %s
                        %s""".formatted(folder, node, keys));
    }

    private static void run(Path project) throws Exception {
        try (BackgroundRun run = BackgroundRun.start(project, Map.of())) {
            var result = run.await();
            assertThat(result.isWell()).as(result.toString()).isTrue();
        }
    }

    private long merges() throws Exception {
        try (var log = Files.list(folder.resolve("out/_delta_log"))) {
            return log.filter(file -> file.toString().endsWith(".json")).count();
        }
    }

    private List<String> table(String sql) {
        return rows(spark -> spark.sql(sql.replace("{t}", "delta.`" + folder.resolve("out") + "`")));
    }

    /** A question to Spark. */
    private interface Question {
        Dataset<Row> of(SparkSession spark);
    }

    private static List<String> rows(Question question) {
        try (SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .config("spark.sql.shuffle.partitions", 1)
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                .getOrCreate()) {
            return question.of(spark).collectAsList().stream()
                    .map(Row::toString)
                    .toList();
        }
    }
}
