package io.odibi.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.describe.ReadRequest;
import io.odibi.core.describe.Scan;
import io.odibi.core.describe.Scan.CustomScan;
import io.odibi.core.describe.ScanSchema;
import io.odibi.core.describe.SourceTraits;
import io.odibi.core.describe.SourceTraits.Replay;
import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.NodeResult.Outcome;
import io.odibi.core.execution.RowCounts;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.Processing;
import io.odibi.core.model.WriteMode;
import io.odibi.core.port.Contributions;
import io.odibi.core.port.Plugin;
import io.odibi.core.port.Source;
import io.odibi.core.run.Run;
import io.odibi.core.run.RunResult;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.Position;
import io.odibi.engine.Engine;
import io.odibi.engine.RecordingSink;
import io.odibi.engine.TestProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
final class BatchIT {

    @TempDir
    private Path folder;

    @Test
    void countsRowsAndTellsColumnsOfACsvThatBecomesParquet() throws Exception {
        write("in/a.csv", "id,name\n1,ann\n2,bob\n3,cid\n");
        TestProject project = new TestProject(folder)
                .node("people")
                .read("csv", "in", Map.of("header", "true", "schema", "id INT, name STRING"))
                .sql("SELECT id, upper(name) AS name FROM input WHERE upper(name) > 'ANN'")
                .write("parquet", "people", Map.of())
                .done();
        try (Engine engine = new Engine()) {
            NodeResult node = engine.runOne(project);

            assertThat(node.failure()).isEmpty();
            assertThat(node.rows()).isEqualTo(rows(3, 2));
            assertThat(node.schema()).contains("id INT, name STRING");
            assertThat(node.query()).isEmpty();
            assertThat(Engine.spark()
                            .read()
                            .parquet(folder.resolve("people").toString())
                            .count())
                    .isEqualTo(2);
        }
    }

    @Test
    void readsItsSourceOnce() throws Exception {
        Counting source = new Counting();
        for (String format : List.of("delta", "parquet")) {
            Counting.READ.set(0);
            TestProject project = new TestProject(folder)
                    .node("n")
                    .read("counting", "", Map.of())
                    .write(format, "out-" + format, Map.of())
                    .done();
            try (Engine engine = new Engine(source)) {
                NodeResult node = engine.runOne(project);

                assertThat(node.failure()).isEmpty();
                assertThat(node.rows().out()).hasValue(10);
                assertThat(Counting.READ).hasValue(10);
            }
        }
    }

    @Test
    void overwritesByDefaultAndAppendsWhereItIsAskedTo() throws Exception {
        write("in/a.csv", "1\n2\n");
        try (Engine engine = new Engine()) {
            engine.run(copy().done());
            assertThat(engine.runOne(copy().done()).rows()).isEqualTo(rows(2, 2));
            assertThat(Engine.delta(folder.resolve("out")).count()).isEqualTo(2);

            engine.run(copy().mode(WriteMode.APPEND).done());
            assertThat(Engine.delta(folder.resolve("out")).count()).isEqualTo(4);
        }
    }

    @Test
    void givesATableItsPropertiesAndPartitions() throws Exception {
        write("in/a.csv", "1,a\n2,b\n");
        TestProject project = new TestProject(folder);
        Map<String, String> properties = Map.of("delta.appendOnly", "true");
        var options = new Mapping(
                List.of(new Mapping.Entry("table_properties", Position.NONE, project.settings(properties))),
                Position.NONE);
        try (Engine engine = new Engine()) {
            NodeResult node = engine.runOne(project.node("n")
                    .read("csv", "in", Map.of("schema", "id INT, name STRING"))
                    .write("delta", "out", options)
                    .partitionBy("id")
                    .done());

            assertThat(node.failure()).isEmpty();
            Row detail = Engine.spark()
                    .sql("DESCRIBE DETAIL delta.`" + folder.resolve("out") + "`")
                    .first();
            assertThat(detail.getJavaMap(detail.fieldIndex("properties")).toString())
                    .contains("delta.appendOnly=true");
            assertThat(detail.getList(detail.fieldIndex("partitionColumns")).toString())
                    .isEqualTo("[id]");
        }
    }

    @Test
    void handsOnItsRowsToNodesThatBuildOnIt() throws Exception {
        write("in/a.csv", "1\n2\n3\n");
        RecordingSink sink = new RecordingSink(batch -> {});
        TestProject project = new TestProject(folder)
                .node("view")
                .read("csv", "in", Map.of("schema", "id INT"))
                .done()
                .node("written")
                .dependsOn("view")
                .sql("SELECT id * 10 AS id FROM view")
                .write("delta", "written", Map.of())
                .done()
                .node("last")
                .dependsOn("written", "view")
                .sql("SELECT w.id FROM written w JOIN view v ON w.id = v.id * 10 WHERE v.id > 1")
                .write("recording", "", Map.of())
                .done();
        try (Engine engine = new Engine(sink)) {
            RunResult result = engine.run(project);

            assertThat(result.isWell()).isTrue();
            assertThat(result.nodes().get(0).rows()).isEqualTo(RowCounts.unknown());
            assertThat(sink.rows()).containsExactlyInAnyOrder("20", "30");
            assertThat(sink.batches().get(0).batch().query()).isEqualTo(result.runId() + "/p.last");
            assertThat(result.nodes().get(2).rows().out()).hasValue(2);
        }
    }

    @Test
    void letsABatchNodeEndWithinTheGraceAndInterruptsItAfter() throws Exception {
        write("in/a.csv", "1\n");
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        RecordingSink sink = new RecordingSink(batch -> {
            entered.countDown();
            try {
                never.await();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        });
        try (Engine engine = new Engine(sink)) {
            Run run = engine.prepare(new TestProject(folder)
                    .node("n")
                    .read("csv", "in", Map.of("schema", "id INT"))
                    .write("recording", "", Map.of())
                    .done());
            CompletableFuture<RunResult> result = Engine.inBackground(run);
            entered.await();

            assertThat(run.drain(Duration.ofMillis(200))).isTrue();
            assertThat(Engine.await(result).nodes().get(0).outcome()).isEqualTo(Outcome.INTERRUPTED);
        }
    }

    @Test
    void tellsAMissingFolderWithoutSparksWords() throws Exception {
        TestProject project = new TestProject(folder)
                .node("n")
                .read("parquet", "nowhere", Map.of())
                .write("delta", "out", Map.of())
                .done();
        try (Engine engine = new Engine()) {
            NodeResult node = engine.runOne(project);

            assertThat(node.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(node.failure().orElseThrow().message())
                    .isEqualTo("cannot run node 'n': Path does not exist: file:" + folder.resolve("nowhere"));
        }
    }

    @Test
    void waitsForNoCountsOfASinkThatTellsNone() throws Exception {
        try (PassCounts counts = new PassCounts(Engine.spark(), "n")) {
            counts.on(Engine.spark().range(2).toDF())
                    .write()
                    .format(RelationSink.class.getName())
                    .mode(SaveMode.Append)
                    .save();
            long began = System.nanoTime();

            assertThat(counts.await()).isEqualTo(RowCounts.unknown());
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PassCounts.PATIENCE);
            assertThat(RelationSink.rows()).isEqualTo(2);
        }
    }

    private TestProject.Node copy() {
        return new TestProject(folder)
                .node("n")
                .read("csv", "in", Map.of("schema", "id INT"))
                .write("delta", "out", Map.of());
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static RowCounts rows(long in, long out) {
        return new RowCounts(OptionalLong.of(in), OptionalLong.of(out));
    }

    /** The format {@code counting}: ten rows, and a count of how often one was made. */
    private static final class Counting implements Plugin, Source {
        private static final AtomicLong READ = new AtomicLong();

        @Override
        public void contribute(Contributions to) {
            to.source("counting", this);
        }

        @Override
        public SettingsDeclaration settings() {
            return SettingsDeclaration.of("Ten rows");
        }

        @Override
        public SourceTraits traits() {
            return new SourceTraits(Set.of(Processing.BATCH), Replay.NONE);
        }

        @Override
        public Optional<Scan> describe(ReadRequest request, Findings findings) {
            return Optional.of(new CustomScan<Dataset<Row>>(Counting::read, new ScanSchema.InData(), "ten rows"));
        }

        private static Dataset<Row> read(Object session) {
            MapFunction<Long, Long> count = number -> {
                READ.incrementAndGet();
                return number;
            };
            return ((SparkSession) session)
                    .range(10)
                    .map(count, Encoders.LONG())
                    .toDF("id");
        }
    }
}
