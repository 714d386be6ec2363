package io.odibi.engine.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.NodeResult.Outcome;
import io.odibi.core.plan.NodeId;
import io.odibi.core.run.Run;
import io.odibi.core.run.RunResult;
import io.odibi.engine.Engine;
import io.odibi.engine.RecordingSink;
import io.odibi.engine.TestProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
final class DrainIT {

    @TempDir
    private Path folder;

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @BeforeEach
    void dropThreeFiles() throws IOException {
        Path in = Files.createDirectories(folder.resolve("in"));
        for (int file = 1; file <= 3; file++) {
            Files.writeString(in.resolve(file + ".json"), "{\"id\":" + file + "}");
        }
    }

    @Test
    void commitsTheBatchInHandAndReplaysNothing() throws Exception {
        RecordingSink sink = new RecordingSink(batch -> {
            entered.countDown();
            interruptibly(release::await);
        });
        try (Engine engine = new Engine(sink)) {
            Run run = engine.prepare(project(new TestProject(folder)));
            CompletableFuture<RunResult> result = Engine.inBackground(run);
            entered.await();
            CompletableFuture<Boolean> gone = drain(run, Duration.ofSeconds(60));
            await().during(Duration.ofMillis(500)).until(() -> !gone.isDone());
            release.countDown();

            assertThat(gone.get()).isTrue();
            assertThat(Engine.await(result).nodes().get(0).outcome()).isEqualTo(Outcome.STOPPED);
            assertThat(sink.batches()).hasSize(1);
            assertThat(checkpoint("commits/0")).exists();
            assertThat(checkpoint("offsets/1")).doesNotExist();

            TestProject again = new TestProject(folder);
            NodeResult rest = engine.runOne(again.node("n")
                    .availableNow()
                    .read("json", "in", options())
                    .write("recording", "", Map.of())
                    .done());
            assertThat(rest.outcome()).isEqualTo(Outcome.SUCCEEDED);
            assertThat(sink.rows()).containsExactlyInAnyOrder("1", "2", "3");
            assertThat(sink.batches())
                    .extracting(batch -> batch.batch().number())
                    .doesNotHaveDuplicates()
                    .startsWith(0L, 1L);
            assertThat(sink.batches())
                    .extracting(batch -> batch.batch().query())
                    .containsOnly(rest.query().orElseThrow().id());
        }
    }

    @Test
    void interruptsWhenTheGraceIsOver() throws Exception {
        RecordingSink sink = new RecordingSink(batch -> {
            entered.countDown();
            interruptibly(release::await);
        });
        try (Engine engine = new Engine(sink)) {
            Run run = engine.prepare(project(new TestProject(folder)));
            CompletableFuture<RunResult> result = Engine.inBackground(run);
            entered.await();

            assertThat(run.drain(Duration.ofMillis(300))).isTrue();

            NodeResult node = Engine.await(result).nodes().get(0);
            assertThat(node.outcome()).isEqualTo(Outcome.INTERRUPTED);
            assertThat(node.failure()).isEmpty();
            assertThat(sink.batches()).isEmpty();
            assertThat(checkpoint("commits/0")).doesNotExist();
        }
    }

    @Test
    void saysWhenAQueryCannotBeStopped() throws Exception {
        RecordingSink sink = new RecordingSink(batch -> {
            entered.countDown();
            deaf(release);
        });
        try (Engine engine = new Engine(sink)) {
            Run run =
                    engine.prepare(project(new TestProject(folder)).engine("spark.sql.streaming.stopTimeout", "500ms"));
            CompletableFuture<RunResult> result = Engine.inBackground(run);
            entered.await();

            NodeId node = run.plan().nodes().get(0).id();
            assertThat(run.drain(node, Duration.ofMillis(100))).isFalse();
            assertThat(result).as("the run waits for its end").isNotDone();

            assertThat(run.drain(Duration.ofMillis(100))).isFalse();
            assertThat(Engine.await(result).nodes().get(0).outcome()).isEqualTo(Outcome.STUCK);
            release.countDown();
        }
    }

    @Test
    void stopsAtOnceBetweenTwoTriggers() throws Exception {
        RecordingSink sink = new RecordingSink(batch -> {});
        try (Engine engine = new Engine(sink)) {
            TestProject project = new TestProject(folder);
            Run run = engine.prepare(project.node("n")
                    .every(Duration.ofHours(1))
                    .read("json", "in", Map.of("schema", "id INT"))
                    .write("recording", "", Map.of())
                    .done());
            CompletableFuture<RunResult> result = Engine.inBackground(run);
            await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(checkpoint("commits/0")));

            assertThat(run.drain(Duration.ofSeconds(60))).isTrue();
            assertThat(Engine.await(result).nodes().get(0).outcome()).isEqualTo(Outcome.STOPPED);
            assertThat(sink.rows()).hasSize(3);
        }
    }

    private static TestProject project(TestProject empty) {
        return empty.node("n")
                .every(Duration.ofMillis(50))
                .read("json", "in", options())
                .write("recording", "", Map.of())
                .done();
    }

    private static Map<String, String> options() {
        return Map.of("schema", "id INT", "maxFilesPerTrigger", "1");
    }

    private Path checkpoint(String file) {
        return folder.resolve("_odibi/test/checkpoints/p/n").resolve(file);
    }

    private static CompletableFuture<Boolean> drain(Run run, Duration grace) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return run.drain(grace);
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        });
    }

    private interface Waiting {
        void run() throws InterruptedException;
    }

    private static void interruptibly(Waiting waiting) {
        try {
            waiting.run();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stopped);
        }
    }

    private static void deaf(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException ignored) {
                // Deaf on purpose.
            }
        }
    }
}
