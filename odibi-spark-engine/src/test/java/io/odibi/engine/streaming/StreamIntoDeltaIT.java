package io.odibi.engine.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.NodeResult.Outcome;
import io.odibi.core.execution.RunEvent;
import io.odibi.core.execution.RunEvent.BatchCommitted;
import io.odibi.core.run.Run;
import io.odibi.core.run.RunResult;
import io.odibi.engine.Engine;
import io.odibi.engine.TestProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StreamIntoDeltaIT {

    @TempDir
    private Path folder;

    @Test
    void aRateBecomesADeltaTableUntilItIsDrained() throws InterruptedException {
        TestProject project = new TestProject(folder)
                .node("ticks")
                .every(Duration.ofMillis(200))
                .read("rate", "", Map.of("rowsPerSecond", "50"))
                .write("delta", "ticks", Map.of())
                .done();
        try (Engine engine = new Engine()) {
            Run run = engine.prepare(project);
            CompletableFuture<RunResult> result = Engine.inBackground(run);
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> engine.events().stream()
                                    .filter(event -> event instanceof BatchCommitted batch
                                            && batch.progress().rows().in().orElse(0) > 0)
                                    .count()
                            >= 2);

            assertThat(run.drain(Duration.ofSeconds(30))).isTrue();

            NodeResult node = Engine.await(result).nodes().get(0);
            assertThat(node.outcome()).isEqualTo(Outcome.STOPPED);
            assertThat(node.schema()).contains("timestamp TIMESTAMP, value BIGINT");
            long written = Engine.delta(folder.resolve("ticks")).count();
            assertThat(written).isPositive();
            assertThat(node.rows().out()).hasValue(written);
            assertThat(node.rows().in()).hasValue(written);
            assertThat(engine.events().get(0)).isInstanceOf(RunEvent.NodeStarted.class);
            assertThat(engine.events().get(1)).isInstanceOf(RunEvent.QueryStarted.class);
            assertThat(engine.events().get(engine.events().size() - 1)).isInstanceOf(RunEvent.NodeEnded.class);
        }
    }

    @Test
    void goesOnFromItsCheckpoint() throws Exception {
        TestProject project = new TestProject(folder)
                .node("orders")
                .availableNow()
                .read("json", "in", Map.of("schema", "id BIGINT, item STRING", "maxFilesPerTrigger", "1"))
                .write("delta", "orders", Map.of())
                .done();
        drop("1.json", "{\"id\":1,\"item\":\"a\"}");
        drop("2.json", "{\"id\":2,\"item\":\"b\"}");
        try (Engine engine = new Engine()) {
            NodeResult first = engine.runOne(project);
            assertThat(first.failure()).isEmpty();
            assertThat(first.outcome()).isEqualTo(Outcome.SUCCEEDED);
            assertThat(first.rows().out()).hasValue(2);

            drop("3.json", "{\"id\":3,\"item\":\"c\"}");
            NodeResult second = engine.runOne(project);

            assertThat(second.rows().in()).hasValue(1);
            assertThat(second.query().orElseThrow().id())
                    .isEqualTo(first.query().orElseThrow().id());
            assertThat(Engine.delta(folder.resolve("orders")).orderBy("id").collectAsList())
                    .extracting(row -> row.getLong(0))
                    .containsExactly(1L, 2L, 3L);
        }
    }

    private void drop(String name, String line) throws IOException {
        Path in = Files.createDirectories(folder.resolve("in"));
        Path hidden = in.resolve("." + name);
        Files.writeString(hidden, line);
        Files.move(hidden, in.resolve(name));
    }
}
