package io.odibi.it.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.odibi.it.process.Distribution;
import io.odibi.it.process.Distribution.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes: {@code odibi run} with streams, and {@code odibi streaming} from other ones. */
@Timeout(300)
class StreamingCommandsIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Process> runs = new ArrayList<>();
    private Distribution distribution;

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws Exception {
        distribution = Distribution.in(folder);
        project("shop", "orders", "clicks", "carts");
        project("plant", "sensors", "alarms", "gauges");
    }

    @AfterEach
    void kill() {
        distribution.close();
    }

    @Test
    void tellsStopsAndOutlivesTheStreamsOfOtherProcesses() throws Exception {
        Process shop = run("shop");
        Process plant = run("plant");
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> withABatch(
                        "shop.orders", "shop.clicks", "shop.carts", "plant.sensors", "plant.alarms", "plant.gauges"));

        Answer list = odibi("streaming", "list");
        assertThat(list.code()).isZero();
        assertThat(list.out().lines())
                .hasSize(7)
                .filteredOn(line -> line.contains("  running  "))
                .hasSize(6);
        assertThat(list.err()).isEmpty();

        Answer status = odibi("streaming", "status", "shop.ord");
        assertThat(status.code()).isZero();
        assertThat(status.out())
                .contains("last batch", "% of the trigger", "rows in", "watermark", "process " + shop.pid());
        assertThat(odibi("streaming", "status", "shop.").code()).as("ambiguous").isEqualTo(3);
        assertThat(odibi("streaming", "status", "nothing").code())
                .as("no such query")
                .isEqualTo(1);

        Answer stop = odibi("streaming", "stop", "shop.orders");
        assertThat(stop.out()).isEqualTo("shop.orders stopped\n");
        assertThat(stop.code()).isZero();
        assertThat(committed("shop", "orders"))
                .as("the last batch that began is committed")
                .isTrue();
        assertThat(state("shop.orders")).isEqualTo("stopped");
        assertThat(state("shop.clicks")).isEqualTo("running");

        Answer restart = odibi("streaming", "restart", "plant.alarms");
        assertThat(restart.out()).isEqualTo("plant.alarms running\n");
        assertThat(restart.code()).isZero();
        assertThat(query("plant.alarms").get("restarts").asLong()).isEqualTo(1);
        assertThat(odibi("streaming", "restart", "shop.orders").code())
                .as("one that was stopped")
                .isZero();
        await().atMost(Duration.ofSeconds(60)).until(() -> withABatch("shop.orders", "plant.alarms"));
        assertThat(odibi("streaming", "stop", "shop.orders").code()).isZero();

        Answer second =
                odibi("run", folder.resolve("shop.yaml").toString(), "--master", "local[1]", "--node", "clicks");
        assertThat(second.code()).as("a second run on the same checkpoint").isEqualTo(1);
        assertThat(second.err())
                .contains("cannot start node 'clicks': the checkpoint " + checkpoint("shop", "clicks")
                        + " is used by process " + shop.pid());

        // Nobody takes leave after a SIGKILL; the list tells the truth anyway, and says so once.
        plant.destroyForcibly().waitFor();
        Answer after = odibi("streaming", "list");
        assertThat(after.out()).contains("shop.clicks").doesNotContain("plant.");
        assertThat(after.err()).contains("the run of 'plant' in process " + plant.pid() + " died");
        assertThat(odibi("streaming", "list").err()).isEmpty();

        Answer restarted = odibi("streaming", "status", "shop.orders");
        assertThat(restarted.out()).contains("stopped", "restarts    1");
        assertThat(odibi("streaming", "stop", "shop.carts").code()).isZero();
        assertThat(odibi("streaming", "stop", "shop.clicks").code()).isZero();
        assertThat(shop.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(shop.exitValue()).isZero();
        assertThat(odibi("streaming", "list").out()).isEqualTo("no streaming query runs\n");
        try (Stream<Path> left = Files.list(folder.resolve("state/odibi/runs"))) {
            assertThat(left).as("what is left behind").isEmpty();
        }
        System.out.printf(
                "odibi streaming list answers in %d ms%n", after.took().toMillis());
    }

    private void project(String pipeline, String... nodes) throws IOException {
        StringBuilder yaml = new StringBuilder("""
                project: %1$s
                spark: {spark.sql.shuffle.partitions: 1}
                connections:
                  lake: {type: local, base_path: %2$s}
                pipelines:
                  - pipeline: %1$s
                    nodes:
                """.formatted(pipeline, folder.resolve("lake")));
        for (String node : nodes) {
            yaml.append("""
                      - name: %1$s
                        streaming: {enabled: true, trigger: 1 second, output_mode: append, watermark: "timestamp, 10 seconds", checkpoint_location: %2$s}
                        read: {format: rate, options: {rowsPerSecond: 20}}
                        write: {connection: lake, format: delta, path: %3$s/%1$s}
                """.formatted(node, checkpoint(pipeline, node), pipeline));
        }
        Files.writeString(folder.resolve(pipeline + ".yaml"), yaml);
    }

    private Path checkpoint(String pipeline, String node) {
        return folder.resolve("checkpoints").resolve(pipeline).resolve(node);
    }

    private boolean committed(String pipeline, String node) {
        return Stream.of("offsets", "commits")
                        .map(log -> checkpoint(pipeline, node)
                                .resolve(log)
                                .toFile()
                                .list((at, name) -> !name.startsWith(".")))
                        .mapToInt(names -> Stream.of(names)
                                .mapToInt(Integer::parseInt)
                                .max()
                                .orElse(-1))
                        .distinct()
                        .count()
                == 1;
    }

    private Process run(String project) throws IOException {
        Process run = distribution.start(
                project, "run", folder.resolve(project + ".yaml").toString(), "--master", "local[2]");
        runs.add(run);
        return run;
    }

    private boolean withABatch(String... names) throws Exception {
        assertThat(runs).as("runs").allMatch(Process::isAlive);
        for (String name : names) {
            JsonNode query = query(name);
            if (query == null || query.get("rows_in").asLong() == 0) {
                return false;
            }
        }
        return true;
    }

    private String state(String name) throws Exception {
        return query(name).get("state").asText();
    }

    private JsonNode query(String name) throws Exception {
        for (JsonNode query : JSON.readTree(
                        odibi("streaming", "list", "--format", "json").out())
                .get("queries")) {
            if (query.get("query").asText().equals(name)) {
                return query;
            }
        }
        return null;
    }

    private Answer odibi(String... arguments) throws Exception {
        return distribution.run(arguments);
    }
}
