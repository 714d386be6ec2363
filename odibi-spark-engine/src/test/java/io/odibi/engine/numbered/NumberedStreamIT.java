package io.odibi.engine.numbered;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.NodeResult.Outcome;
import io.odibi.core.execution.QueryProgress.SourceRead;
import io.odibi.core.execution.RunEvent.BatchCommitted;
import io.odibi.engine.Engine;
import io.odibi.engine.TestProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream with numbered rows, from a source that loses rows without a word. */
final class NumberedStreamIT {

    @TempDir
    private Path folder;

    @Test
    void takesAllThatIsThereUnderALimitAndGoesOnFromItsCheckpoint() throws Exception {
        FakeHub.reset(3, 40);
        try (Engine engine = new Engine(new FakeHub())) {
            assertThat(run(engine, Map.of("rows", "50")).rows().in()).hasValue(120);
            assertThat(batches(engine)).containsExactly(51L, 51L, 18L);
            assertThat(lags(engine)).containsExactly(69L, 18L, 0L);

            FakeHub.publish(1, 30);
            assertThat(run(engine, Map.of("rows", "50")).rows().in()).hasValue(30);
            assertThat(run(engine, Map.of("rows", "50")).rows().in()).hasValue(0);
        }
        assertThat(landed()).containsExactly("[0,0,39,40,40]", "[1,0,69,70,70]", "[2,0,39,40,40]");
    }

    @Test
    void failsBeforeItWritesWhereRowsAreGoneAndGoesOnWhenItMay() throws Exception {
        FakeHub.reset(2, 10);
        try (Engine engine = new Engine(new FakeHub())) {
            run(engine, Map.of());
            FakeHub.publish(0, 10);
            FakeHub.publish(1, 10);
            FakeHub.expire(1, 14);

            for (int times = 0; times < 2; times++) {
                NodeResult failed = engine.runOne(project(Map.of()));
                assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
                assertThat(failed.failure().orElseThrow().message())
                        .isEqualTo(
                                "cannot run node 'follow': rows 10 to 13 of partition 1 are no longer there; to go on"
                                        + " without what is lost set 'failOnDataLoss: false', or give the node a new"
                                        + " 'checkpoint_location'");
                assertThat(landed()).containsExactly("[0,0,9,10,10]", "[1,0,9,10,10]");
            }

            run(engine, Map.of("failOnDataLoss", "false"));
        }
        assertThat(landed()).containsExactly("[0,0,19,20,20]", "[1,0,19,16,16]");
    }

    @Test
    void noticesThatWholePartitionsAreGoneOrMadeAnew() throws Exception {
        FakeHub.reset(2, 10);
        try (Engine engine = new Engine(new FakeHub())) {
            run(engine, Map.of());
            FakeHub.publish(1, 5);
            FakeHub.expire(1, 15);
            assertThat(engine.runOne(project(Map.of())).failure().orElseThrow().message())
                    .contains("rows 10 to 14 of partition 1 are no longer there");
        }
        Files.delete(folder.resolve("state/offsets/1"));
        Files.deleteIfExists(folder.resolve("state/offsets/.1.crc"));
        FakeHub.makeAnew(0, 4);
        try (Engine engine = new Engine(new FakeHub())) {
            assertThat(engine.runOne(project(Map.of())).failure().orElseThrow().message())
                    .contains("partition 0 ends before row 4, but rows up to 9 have been read: it has been made anew");
        }
    }

    @Test
    void noticesWhatWasLostBeforeTheFirstMicroBatch() throws Exception {
        FakeHub.reset(1, 10);
        try (Engine engine = new Engine(new FakeHub())) {
            Path first =
                    Files.createDirectories(folder.resolve("state/sources/0")).resolve("0");
            Files.writeString(first, "\0v1\n{\"hub\":{\"0\":0}}");
            FakeHub.expire(0, 3);

            assertThat(engine.runOne(project(Map.of())).failure().orElseThrow().message())
                    .contains("rows 0 to 2 of partition 0 are no longer there");
        }
    }

    @Test
    void saysThatItIsToBeginBehindTheEnd() throws Exception {
        FakeHub.reset(1, 10);
        try (Engine engine = new Engine(new FakeHub())) {
            Path first =
                    Files.createDirectories(folder.resolve("state/sources/0")).resolve("0");
            Files.writeString(first, "\0v1\n{\"hub\":{\"0\":99}}");

            assertThat(engine.runOne(project(Map.of())).failure().orElseThrow().message())
                    .contains(
                            "partition 0 ends before row 10, but the stream is to begin at row 99, which is not there yet; mend where it begins");
        }
    }

    private NodeResult run(Engine engine, Map<String, String> options) throws Exception {
        NodeResult result = engine.runOne(project(options));
        assertThat(result.failure()).isEmpty();
        return result;
    }

    private TestProject project(Map<String, String> options) {
        return new TestProject(folder)
                .node("follow")
                .availableNow()
                .checkpoint(folder.resolve("state"))
                .read("hub", "", options)
                .write("delta", "landed", Map.of())
                .done();
    }

    private static List<Long> batches(Engine engine) {
        return reads(engine).stream().map(SourceRead::rows).toList();
    }

    private static List<Long> lags(Engine engine) {
        return reads(engine).stream()
                .map(SourceRead::lag)
                .map(OptionalLong::orElseThrow)
                .toList();
    }

    private static List<SourceRead> reads(Engine engine) {
        return engine.events().stream()
                .filter(BatchCommitted.class::isInstance)
                .map(event -> ((BatchCommitted) event).progress().sources().get(0))
                .toList();
    }

    /** For each partition: number, first, last, rows, distinct rows. */
    private List<String> landed() {
        return Engine.delta(folder.resolve("landed"))
                .groupBy("partition")
                .agg(
                        org.apache.spark.sql.functions.min("number"),
                        org.apache.spark.sql.functions.max("number"),
                        org.apache.spark.sql.functions.count("number"),
                        org.apache.spark.sql.functions.countDistinct("number"))
                .orderBy("partition")
                .collectAsList()
                .stream()
                .map(Row::toString)
                .toList();
    }
}
