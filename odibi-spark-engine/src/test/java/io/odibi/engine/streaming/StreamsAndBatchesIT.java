package io.odibi.engine.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.NodeResult.Outcome;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.WriteMode;
import io.odibi.core.run.RunResult;
import io.odibi.engine.Engine;
import io.odibi.engine.RecordingSink;
import io.odibi.engine.TestProject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that build on other nodes, in batch and as streams. */
@Timeout(180)
final class StreamsAndBatchesIT {

    @TempDir
    private Path folder;

    @Test
    void aBatchNodeIsTheStaticSideOfAStream() throws Exception {
        drop("names/1.csv", "1,ann\n2,bob");
        drop("in/1.json", "{\"id\":1}\n{\"id\":2}\n{\"id\":3}");
        RecordingSink sink = new RecordingSink(batch -> {});
        TestProject project = new TestProject(folder)
                .node("names")
                .read("csv", "names", Map.of("schema", "id INT, name STRING"))
                .done()
                .node("events")
                .every(Duration.ofSeconds(1))
                .read("json", "in", Map.of("schema", "id INT"))
                .done()
                .node("named")
                .availableNow()
                .dependsOn("events", "names")
                .sql("SELECT e.id, n.name FROM events e JOIN names n ON e.id = n.id")
                .write("recording", "", Map.of())
                .done();
        try (Engine engine = new Engine(sink)) {
            RunResult result = engine.run(project);

            assertThat(result.nodes()).extracting(NodeResult::outcome).containsOnly(Outcome.SUCCEEDED);
            assertThat(sink.rows()).containsExactlyInAnyOrder("1,ann", "2,bob");
            assertThat(result.nodes().get(2).rows().out()).hasValue(2);
        }
    }

    @Test
    void aBatchNodeTakesWhatAStreamHasWrittenThatEnds() throws Exception {
        drop("in/1.json", "{\"id\":1}\n{\"id\":2}");
        for (String format : List.of("delta", "parquet")) {
            TestProject project = new TestProject(folder)
                    .node(format + "_events")
                    .availableNow()
                    .read("json", "in", Map.of("schema", "id INT"))
                    .write(format, format, Map.of())
                    .done()
                    .node("report")
                    .dependsOn(format + "_events")
                    .sql("SELECT sum(id) AS total FROM " + format + "_events")
                    .write("json", format + "_report", Map.of())
                    .mode(WriteMode.OVERWRITE)
                    .done();
            try (Engine engine = new Engine()) {
                for (int runs = 1; runs <= 2; runs++) {
                    assertThat(engine.run(project).nodes())
                            .as(format)
                            .extracting(NodeResult::failure)
                            .containsOnly(Optional.empty());
                }
                assertThat(Engine.spark()
                                .read()
                                .json(folder.resolve(format + "_report").toString())
                                .toJSON()
                                .collectAsList())
                        .as("also when nothing new has come")
                        .containsOnly("{\"total\":3}");
            }
        }
    }

    @Test
    void aBatchNodeTakesNoRowsOfAStreamThatNeverWroteAny() throws Exception {
        Files.createDirectories(folder.resolve("in"));
        TestProject project = new TestProject(folder)
                .node("events")
                .availableNow()
                .read("json", "in", Map.of("schema", "id INT"))
                .write("delta", "events", Map.of())
                .done()
                .node("report")
                .dependsOn("events")
                .write("json", "report", Map.of())
                .mode(WriteMode.OVERWRITE)
                .done();
        try (Engine engine = new Engine()) {
            RunResult result = engine.run(project);

            assertThat(result.isWell()).as(result.toString()).isTrue();
            assertThat(result.nodes().get(1).rows().out()).hasValue(0);
        }
    }

    @Test
    void refusesABatchNodeOnAStreamWhoseRowsCannotBeTakenFromWhereTheyWereWritten() {
        TestProject project = new TestProject(folder)
                .node("events")
                .availableNow()
                .read("json", "in", Map.of("schema", "id INT"))
                .write("recording", "", Map.of())
                .done()
                .node("report")
                .dependsOn("events")
                .write("json", "report", Map.of())
                .mode(WriteMode.OVERWRITE)
                .done();
        try (Engine engine = new Engine(new RecordingSink(batch -> {}))) {
            assertThat(engine.odibi().check(project.spec(), new Findings()).findings())
                    .extracting(Finding::message)
                    .containsExactly("node 'report' runs in batch, but takes the rows of the stream 'events'");
        }
    }

    @Test
    void buildsWhatAStreamBuildsOnAnewForAnotherStart() throws Exception {
        drop("names/1.csv", "1,ann");
        drop("in/1.json", "{\"id\":1}");
        AtomicBoolean isMoved = new AtomicBoolean();
        RecordingSink sink = new RecordingSink(batch -> {
            if (isMoved.compareAndSet(false, true)) {
                move("names/1.csv", "names/2.csv");
                throw new IllegalStateException("not now");
            }
        });
        TestProject project = new TestProject(folder)
                .node("names")
                .read("csv", "names", Map.of("schema", "id INT, name STRING"))
                .done()
                .node("named")
                .availableNow()
                .dependsOn("names")
                .read("json", "in", Map.of("schema", "id INT"))
                .sql("SELECT n.name FROM input e JOIN names n ON e.id = n.id")
                .write("recording", "", Map.of())
                .done();
        try (Engine engine = new Engine(sink)) {
            RunResult result = engine.run(project);

            assertThat(result.isWell()).as(result.toString()).isTrue();
            assertThat(sink.rows()).containsExactly("ann");
        }
    }

    private void move(String from, String to) {
        try {
            Files.move(folder.resolve(from), folder.resolve(to));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private void drop(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Path hidden = path.resolveSibling("." + path.getFileName());
        Files.writeString(hidden, text);
        Files.move(hidden, path);
    }
}
