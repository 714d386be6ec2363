package io.odibi.engine.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.ConnectionRequest;
import io.odibi.core.describe.Options;
import io.odibi.core.describe.ReadRequest;
import io.odibi.core.describe.Scan;
import io.odibi.core.describe.Scan.CustomScan;
import io.odibi.core.describe.ScanSchema;
import io.odibi.core.describe.SourceTraits;
import io.odibi.core.describe.SourceTraits.Replay;
import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.NodeResult.Outcome;
import io.odibi.core.execution.QueryProgress;
import io.odibi.core.execution.QueryProgress.SourceRead;
import io.odibi.core.execution.RunEvent;
import io.odibi.core.execution.RunEvent.BatchCommitted;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.OutputMode;
import io.odibi.core.model.Processing;
import io.odibi.core.port.ConnectionType;
import io.odibi.core.port.Contributions;
import io.odibi.core.port.Plugin;
import io.odibi.core.port.Source;
import io.odibi.core.run.Run;
import io.odibi.core.run.RunResult;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.Position;
import io.odibi.core.text.Secret;
import io.odibi.engine.Engine;
import io.odibi.engine.RecordingSink;
import io.odibi.engine.TestProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
final class StreamsIT {

    private static final String CANARY = "c4n4ry-pa55word";

    @TempDir
    private Path folder;

    @Test
    void filesBecomeFiles() throws Exception {
        drop("in/1.json", "{\"id\":1}\n{\"id\":2}");
        try (Engine engine = new Engine()) {
            NodeResult node = engine.runOne(new TestProject(folder)
                    .node("n")
                    .availableNow()
                    .read("json", "in", Map.of("schema", "id INT"))
                    .sql("SELECT id, id % 2 AS odd FROM input")
                    .write("parquet", "out", Map.of())
                    .partitionBy("odd")
                    .done());

            assertThat(node.failure()).isEmpty();
            assertThat(node.rows().out()).hasValue(2);
            assertThat(folder.resolve("out/odd=1")).isDirectory();
            assertThat(Engine.spark()
                            .read()
                            .parquet(folder.resolve("out").toString())
                            .count())
                    .isEqualTo(2);
        }
    }

    @Test
    void oneThatDiesTellsWhyAndTheOthersGoOn() throws Exception {
        drop("in/1.json", "{\"id\":1}");
        RecordingSink sink = new RecordingSink(batch -> {
            throw new IllegalStateException("the sink is closed, password=" + CANARY);
        });
        TestProject project = new TestProject(folder)
                .node("dies")
                .every(Duration.ofMillis(100))
                .read("json", "in", Map.of("schema", "id INT"))
                .write("recording", "", Map.of())
                .done()
                .node("lives")
                .every(Duration.ofMillis(100))
                .read("json", "in", Map.of("schema", "id INT"))
                .write("json", "out", Map.of())
                .done();
        try (Engine engine = new Engine(sink)) {
            Run run = engine.prepare(project);
            CompletableFuture<RunResult> result = Engine.inBackground(run);
            await().atMost(Duration.ofSeconds(60)).until(() -> Engine.ended(engine, "dies"));
            // Only a micro-batch that begins after the other's death shows that this one goes on.
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.exists(folder.resolve("_odibi/test/checkpoints/p/lives/commits/0")));
            drop("in/2.json", "{\"id\":2}");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.exists(folder.resolve("_odibi/test/checkpoints/p/lives/commits/1")));
            assertThat(run.drain(Duration.ofSeconds(60))).isTrue();

            RunResult ended = Engine.await(result);
            assertThat(ended.isWell()).isFalse();
            NodeResult dead = ended.nodes().get(0);
            assertThat(dead.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(dead.failure().orElseThrow().message())
                    .startsWith(
                            "cannot run node 'dies': the sink is closed, password=******; micro-batch 0 failed 3 times");
            assertThat(dead.toString()).doesNotContain(CANARY);
            assertThat(ended.nodes().get(1).outcome()).isEqualTo(Outcome.STOPPED);
        }
    }

    @Test
    void failsWhereAWriterLeavesRows() throws Exception {
        drop("in/1.json", "{\"id\":1}");
        drop("in/2.json", "{\"id\":2}");
        for (RecordingSink lazy :
                List.of(RecordingSink.taking(rows -> List.of()), RecordingSink.taking(rows -> rows.takeAsList(1)))) {
            TestProject project = new TestProject(folder)
                    .node("n")
                    .availableNow()
                    .read("json", "in", Map.of("schema", "id INT"))
                    .write("recording", "", Map.of())
                    .done();
            try (Engine engine = new Engine(lazy)) {
                NodeResult node = engine.runOne(project);

                assertThat(node.outcome()).isEqualTo(Outcome.FAILED);
                assertThat(node.failure().orElseThrow().message())
                        .matches("cannot write node 'n' to recording: its writer has taken [01] of \\d+ partitions of"
                                + " micro-batch 0; a writer has to take every row");
                assertThat(engine.events()).noneMatch(RunEvent.RestartPlanned.class::isInstance);
            }
        }
    }

    @Test
    void tellsWhatEachSourceGaveByTheNamesOfTheProject() throws Exception {
        drop("few/1.json", "{\"id\":1}");
        drop("many/1.json", "{\"id\":2}\n{\"id\":3}");
        TestProject project = new TestProject(folder)
                .node("few")
                .every(Duration.ofSeconds(1))
                .read("json", "few", Map.of("schema", "id INT"))
                .done()
                .node("many")
                .every(Duration.ofSeconds(1))
                .read("json", "many", Map.of("schema", "id INT"))
                .done()
                .node("all")
                .availableNow()
                .dependsOn("few", "many")
                .sql("SELECT * FROM many UNION ALL SELECT * FROM few UNION ALL SELECT id + 10 FROM many WHERE id > 2")
                .write("json", "out", Map.of())
                .done();
        try (Engine engine = new Engine()) {
            assertThat(engine.run(project).isWell()).isTrue();

            QueryProgress progress = engine.events().stream()
                    .filter(event -> event instanceof BatchCommitted)
                    .map(event -> ((BatchCommitted) event).progress())
                    .findFirst()
                    .orElseThrow();
            assertThat(progress.sources())
                    .as("each by its label in the plan")
                    .extracting(SourceRead::source)
                    .containsExactly("json " + folder.resolve("many"), "json " + folder.resolve("few"));
            assertThat(progress.sources().get(1).rows()).isEqualTo(1);
            assertThat(progress.phases().keySet())
                    .containsExactly(
                            "latestOffset", "walCommit", "getBatch", "queryPlanning", "addBatch", "commitOffsets");
        }
    }

    @Test
    void tellsStateWatermarkAndLateRows() throws Exception {
        drop("in/1.json", "{\"id\":1,\"at\":\"2026-01-01T10:00:00Z\"}\n{\"id\":2,\"at\":\"2026-01-01T10:30:00Z\"}");
        TestProject project = new TestProject(folder)
                .node("n")
                .availableNow()
                .outputMode(OutputMode.APPEND)
                .read("json", "in", Map.of("schema", "id INT, at TIMESTAMP"))
                .watermark("at", Duration.ofMinutes(5))
                .sql("SELECT window(at, '1 minute').start AS minute, count(*) AS n FROM input"
                        + " GROUP BY window(at, '1 minute')")
                .write("delta", "out", Map.of())
                .done();
        try (Engine engine = new Engine()) {
            assertThat(engine.runOne(project).outcome()).isEqualTo(Outcome.SUCCEEDED);
            drop("in/2.json", "{\"id\":3,\"at\":\"2026-01-01T09:00:00Z\"}\n{\"id\":4,\"at\":\"2026-01-01T10:31:00Z\"}");
            assertThat(engine.runOne(project).outcome()).isEqualTo(Outcome.SUCCEEDED);

            List<QueryProgress> told = engine.events().stream()
                    .filter(event -> event instanceof BatchCommitted)
                    .map(event -> ((BatchCommitted) event).progress())
                    .toList();
            assertThat(told.get(0).watermark()).isEmpty();
            assertThat(told.get(0).state()).hasValue(2);
            assertThat(told.get(0).lag()).isEmpty();
            assertThat(told)
                    .extracting(QueryProgress::watermark)
                    .contains(Optional.of(Instant.parse("2026-01-01T10:25:00Z")));
            assertThat(told).extracting(QueryProgress::lateRows).contains(1L);
            assertThat(Engine.delta(folder.resolve("out")).count()).isEqualTo(1);
        }
    }

    @Test
    void rewritesADeltaTableInCompleteMode() throws Exception {
        drop("in/1.json", "{\"id\":1}\n{\"id\":1}\n{\"id\":2}");
        TestProject project = new TestProject(folder)
                .node("n")
                .availableNow()
                .outputMode(OutputMode.COMPLETE)
                .unboundedState()
                .read("json", "in", Map.of("schema", "id INT"))
                .sql("SELECT id, count(*) AS n FROM input GROUP BY id")
                .write("delta", "out", tableProperties("delta.enableChangeDataFeed", "true"))
                .done();
        try (Engine engine = new Engine()) {
            engine.run(project);
            drop("in/2.json", "{\"id\":2}");
            assertThat(engine.runOne(project).failure()).isEmpty();

            assertThat(Engine.delta(folder.resolve("out")).orderBy("id").collectAsList())
                    .extracting(row -> row.mkString(":"))
                    .containsExactly("1:2", "2:2");
            Row detail = Engine.spark()
                    .sql("DESCRIBE DETAIL delta.`" + folder.resolve("out") + "`")
                    .first();
            assertThat(detail.getJavaMap(detail.fieldIndex("properties")).toString())
                    .contains("delta.enableChangeDataFeed=true");
        }
    }

    @Test
    void aDeltaTableIsReadAsAStream() throws Exception {
        Engine.spark()
                .range(3)
                .toDF("id")
                .write()
                .format("delta")
                .save(folder.resolve("in").toString());
        RecordingSink sink = new RecordingSink(batch -> {});
        try (Engine engine = new Engine(sink)) {
            NodeResult node = engine.runOne(new TestProject(folder)
                    .node("n")
                    .availableNow()
                    .read("delta", "in", Map.of("schema", "id BIGINT"))
                    .write("recording", "", Map.of())
                    .done());
            assertThat(node.failure()).isEmpty();
            assertThat(sink.rows()).containsExactlyInAnyOrder("0", "1", "2");

            NodeResult other = engine.runOne(new TestProject(folder)
                    .node("m")
                    .availableNow()
                    .read("delta", "in", Map.of("schema", "id STRING"))
                    .write("recording", "", Map.of())
                    .done());
            assertThat(other.failure().orElseThrow().message())
                    .isEqualTo("cannot read delta " + folder.resolve("in")
                            + ": column 'id' is BIGINT, but 'schema' declares STRING");
        }
    }

    @Test
    void noSecretReachesAFailureOfAStart() throws Exception {
        TestProject project = new TestProject(folder)
                .connection("lake", "leaky", Map.of("password", CANARY))
                .node("n")
                .availableNow()
                .read("leaky", "", Map.of())
                .write("recording", "", Map.of())
                .done();
        try (Engine engine = new Engine(new Leaky(), new RecordingSink(batch -> {}))) {
            RunResult result = engine.run(project);

            assertThat(result.nodes().get(0).failure().orElseThrow().message())
                    .isEqualTo(
                            "cannot run node 'n': cannot log in with ******; it failed 3 times before its first micro-batch");
            assertThat(result.toString()).doesNotContain(CANARY);
            assertThat(engine.events().toString()).doesNotContain(CANARY);
        }
    }

    private static Mapping tableProperties(String name, String value) {
        Mapping properties = new TestProject(Path.of("/")).settings(Map.of(name, value));
        return new Mapping(List.of(new Mapping.Entry("table_properties", Position.NONE, properties)), Position.NONE);
    }

    private void drop(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Path hidden = path.resolveSibling("." + path.getFileName());
        Files.writeString(hidden, text);
        Files.move(hidden, path);
    }

    /** The format and connection type {@code leaky}: cannot be read, and puts its password into what it says. */
    private static final class Leaky implements Plugin, Source {
        private static final Setting<Secret> PASSWORD = Setting.required("password", ValueTypes.secret(), "to log in");

        @Override
        public void contribute(Contributions to) {
            to.source("leaky", this);
            to.connection("leaky", new ConnectionType() {
                @Override
                public SettingsDeclaration settings() {
                    return SettingsDeclaration.of("Nothing", PASSWORD);
                }

                @Override
                public Optional<Connection> describe(ConnectionRequest request, Findings findings) {
                    return Optional.of(Connection.toSystem(
                            request.name(),
                            request.type(),
                            Options.none().with("password", request.settings().get(PASSWORD))));
                }
            });
        }

        @Override
        public SettingsDeclaration settings() {
            return SettingsDeclaration.of("Nothing");
        }

        @Override
        public SourceTraits traits() {
            return new SourceTraits(Set.of(Processing.STREAMING), Replay.NONE);
        }

        @Override
        public Optional<Scan> describe(ReadRequest request, Findings findings) {
            Options options = request.address().connection().orElseThrow().options();
            return Optional.of(new CustomScan<Dataset<Row>>(
                    session -> {
                        throw new IllegalStateException(
                                "cannot log in with " + options.reveal().get("password") + "\n" + options.reveal());
                    },
                    new ScanSchema.InData(),
                    "nothing"));
        }
    }
}
