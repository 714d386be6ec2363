package io.odibi.it.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.execution.Failure.Nature;
import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.NodeResult.Outcome;
import io.odibi.core.plan.NodeId;
import io.odibi.it.matrix.Proves;
import io.odibi.it.matrix.Use;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The merge of the Python original: each strategy in batch, and as a stream whose micro-batch is taken again. */
@Timeout(240)
class MergeIT {

    private static final String COLUMNS = "id BIGINT, name STRING";
    private static final List<String> STRATEGIES = List.of("upsert", "append_only", "delete_match");

    @TempDir
    Path folder;

    @BeforeEach
    void makeFolders() throws Exception {
        Files.createDirectories(folder.resolve("seed"));
        Files.createDirectories(folder.resolve("in"));
    }

    @Test
    @Proves(format = "delta", use = Use.UPSERT_BATCH)
    void mergesByEachStrategyInBatch() throws Exception {
        file("seed/a.json", row(1, "one"), row(2, "two"));
        file("in/a.json", row(2, "TWO"), row(3, "three"));
        run(project("batch", seeds() + merges("")));

        assertThat(table("upsert")).containsExactly("[1,one]", "[2,TWO]", "[3,three]");
        assertThat(table("append_only")).containsExactly("[1,one]", "[2,two]", "[3,three]");
        assertThat(table("delete_match")).containsExactly("[1,one]");
    }

    @Test
    @Proves(format = "delta", use = Use.UPSERT_APPEND_STREAM)
    void mergesAStreamByEachStrategyAndNoMicroBatchTwice() throws Exception {
        file("seed/a.json", row(1, "one"), row(2, "two"));
        file("in/a.json", row(2, "TWO"), row(3, "three"));
        run(project("seeds", seeds()));
        Path streams = project("streams", merges("streaming: {trigger: available_now}"));
        run(streams);
        file("in/b.json", row(1, "ONE"), row(4, "four"));
        run(streams);
        List<List<String>> landed = STRATEGIES.stream().map(this::table).toList();
        assertThat(landed)
                .containsExactly(
                        List.of("[1,ONE]", "[2,TWO]", "[3,three]", "[4,four]"),
                        List.of("[1,one]", "[2,two]", "[3,three]", "[4,four]"),
                        List.of());
        List<Long> commits = STRATEGIES.stream().map(this::commits).toList();

        // As after a crash between the merge and Spark's note of it. Row 1 is there again meanwhile: a merge that is
        // passed over leaves it.
        file("seed/a.json", row(1, "again"));
        run(project("again", """
                - name: again
                  read: {connection: lake, format: json, path: seed, options: {schema: "%s"}}
                  write: {connection: lake, format: delta, path: delete_match, mode: append}
                """.formatted(COLUMNS)));
        for (String strategy : STRATEGIES) {
            Files.delete(folder.resolve("_odibi/merge/checkpoints/p/" + strategy + "/commits/1"));
        }
        run(streams);

        assertThat(table("upsert")).isEqualTo(landed.get(0));
        assertThat(table("append_only")).isEqualTo(landed.get(1));
        assertThat(table("delete_match")).containsExactly("[1,again]");
        assertThat(STRATEGIES.stream().map(this::commits).toList())
                .as("commits, and one of row 1")
                .containsExactly(commits.get(0), commits.get(1), commits.get(2) + 1);
    }

    @Test
    @Proves(format = "delta", use = Use.UPSERT_BATCH)
    void notesWhenARowWasAddedAndWhenItWasLastWritten() throws Exception {
        file("in/a.json", row(1, "one"), row(2, "two"));
        String merge = """
                - name: audited
                  read: {connection: lake, format: json, path: in, options: {schema: "%s"}}
                  transform:
                    steps:
                      - "SELECT id, name%s FROM {input}"
                      - function: merge
                        params:
                          target: lake.audited
                          keys: [id]
                          audit_cols: {created_col: created_at, updated_col: updated_at}
                          merge_schema: %s
                """;
        run(project("audited", merge.formatted(COLUMNS, "", false)));
        file("in/a.json", row(2, "TWO"), row(3, "three"));
        run(project("audited", merge.formatted(COLUMNS, ", 'x' AS more", true)));

        assertThat(ask(
                        "SELECT id, name, more, created_at < updated_at, size(collect_set(created_at) OVER ()),"
                                + " size(collect_set(updated_at) OVER ()) FROM {t} ORDER BY id",
                        "audited"))
                .containsExactly("[1,one,null,false,2,2]", "[2,TWO,x,true,2,2]", "[3,three,x,false,2,2]");
    }

    @Test
    void refusesColumnsThatTheTableLacksAndATableThatIsNotThere() throws Exception {
        file("in/a.json", row(1, "one"));
        file("seed/a.json", row(1, "one"));
        run(project("seeds", seeds()));
        Path project = project("refused", """
                - name: wider
                  read: {connection: lake, format: json, path: in, options: {schema: "id BIGINT, name STRING, more STRING"}}
                  transformer: merge
                  params: {target: lake.upsert, keys: [id]}
                - name: nowhere
                  read: {connection: lake, format: json, path: in, options: {schema: "%s"}}
                  transformer: merge
                  params: {target: lake.nowhere, keys: [id], strategy: delete_match}
                """.formatted(COLUMNS));

        try (BackgroundRun run = BackgroundRun.start(project, Map.of())) {
            assertThat(run.await().nodes()).extracting(NodeResult::outcome).containsOnly(Outcome.FAILED);
            assertThat(run.await().nodes())
                    .extracting(node -> node.failure().orElseThrow().message())
                    .containsExactlyInAnyOrder(
                            "cannot upsert into " + folder.resolve("upsert")
                                    + ": the table has no column 'more'; 'merge_schema: true' adds it, or leave it out in a step",
                            "cannot delete from " + folder.resolve("nowhere") + ": there is no such Delta table");
            assertThat(run.await().nodes())
                    .filteredOn(node -> node.node().equals(new NodeId("p", "wider")))
                    .extracting(node -> node.failure().orElseThrow().nature())
                    .containsExactly(Nature.LASTING);
        }
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    private static String seeds() {
        StringBuilder nodes = new StringBuilder();
        for (String strategy : STRATEGIES) {
            nodes.append("""
                    - name: seed_%s
                      read: {connection: lake, format: json, path: seed, options: {schema: "%s"}}
                      write: {connection: lake, format: delta, path: %s}
                    """.formatted(strategy, COLUMNS, strategy));
        }
        return nodes.toString();
    }

    private static String merges(String streaming) {
        StringBuilder nodes = new StringBuilder();
        for (String strategy : STRATEGIES) {
            nodes.append("""
                    - name: %1$s
                      %3$s
                      read: {connection: lake, format: json, path: in, options: {schema: "%2$s"}}
                      transformer: merge
                      params: {target: lake.%1$s, keys: [id], strategy: %1$s}
                    """.formatted(
                    strategy, COLUMNS, streaming.isEmpty() ? "depends_on: [seed_" + strategy + "]" : streaming));
        }
        return nodes.toString();
    }

    private static String row(int id, String name) {
        return "{\"id\": %d, \"name\": \"%s\"}".formatted(id, name);
    }

    private void file(String name, String... rows) throws Exception {
        Files.write(folder.resolve(name), List.of(rows));
    }

    private Path project(String name, String nodes) throws Exception {
        return Files.writeString(folder.resolve(name + ".yaml"), """
                project: merge
                spark: {spark.sql.shuffle.partitions: 1, spark.master: "local[2]"}
                connections:
                  lake: {type: local, base_path: %s}
                pipelines:
                  - pipeline: p
                    nodes:
                """.formatted(folder) + nodes.indent(6));
    }

    private static void run(Path project) throws Exception {
        try (BackgroundRun run = BackgroundRun.start(project, Map.of())) {
            var result = run.await();
            assertThat(result.isWell()).as(result.toString()).isTrue();
        }
    }

    private long commits(String table) {
        String[] files = folder.resolve(table + "/_delta_log").toFile().list((log, name) -> name.endsWith(".json"));
        return files == null ? 0 : files.length;
    }

    private List<String> table(String name) {
        return ask("SELECT id, name FROM {t} ORDER BY id", name);
    }

    private List<String> ask(String sql, String table) {
        try (SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .config("spark.sql.shuffle.partitions", 1)
                .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                .getOrCreate()) {
            return spark.sql(sql.replace("{t}", "delta.`" + folder.resolve(table) + "`")).collectAsList().stream()
                    .map(Row::toString)
                    .toList();
        }
    }
}
