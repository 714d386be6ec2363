package io.odibi.it.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.odibi.cli.demo.LocalKafkaBroker;
import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.NodeResult.Outcome;
import io.odibi.core.execution.RunEvent;
import io.odibi.core.plan.NodeId;
import io.odibi.core.run.RunResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams that fail: a broker that goes and comes back, a micro-batch that cannot be done, a start that somebody asks for. */
@Timeout(300)
class SupervisionIT {

    private static final String RESTART =
            "restart: {max_attempts: 100, backoff: 500 milliseconds, max_backoff: 1 second}";

    @TempDir
    static Path shared;

    private static LocalKafkaBroker broker;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() throws Exception {
        broker = LocalKafkaBroker.in(
                Path.of(System.getProperty("odibi.home"), "broker"), Files.createDirectory(shared.resolve("broker")));
    }

    @AfterAll
    static void close() {
        broker.close();
    }

    @Test
    void goesOnWithoutLossOrRepetitionWhenTheBrokerComesBack() throws Exception {
        broker.start();
        broker.createTopic("orders", 2);
        Path project = orders("orders", ", kafka.default.api.timeout.ms: 3000, kafka.request.timeout.ms: 2000");
        try (BackgroundRun run = BackgroundRun.start(project, Map.of())) {
            publish("orders", 0, 50);
            await().atMost(Duration.ofSeconds(60)).until(() -> run.hasEnded() || run.rowsCommitted() == 50);

            broker.kill();
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> run.hasEnded()
                            || run.events().stream().anyMatch(RunEvent.RestartPlanned.class::isInstance));
            broker.start();
            publish("orders", 50, 100);
            await().atMost(Duration.ofSeconds(90)).until(() -> run.hasEnded() || run.rowsCommitted() >= 100);

            broker.kill();
            RunResult result = run.drain();
            assertThat(result.nodes().get(0).outcome()).as(result.toString()).isEqualTo(Outcome.STOPPED);
            assertThat(values("orders"))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 100).mapToObj(i -> "v" + i).toList());
        }
    }

    @Test
    void endsInTimeAndNamesTheStreamWhileTheBrokerIsGone() throws Exception {
        broker.start();
        broker.createTopic("late", 2);
        Path project = orders("late", "");
        Path log = folder.resolve("run.log");
        ProcessBuilder odibi = new ProcessBuilder(
                        Path.of(System.getProperty("odibi.home"), "bin", "odibi")
                                .toString(),
                        "run",
                        project.toString(),
                        "--master",
                        "local[2]",
                        "--grace",
                        "2s")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        odibi.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
        Process run = odibi.start();
        try {
            publish("late", 0, 1);
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> !run.isAlive() || Files.readString(log).contains("shop.orders batch 0: 1 row"));
            broker.kill();
            // The answer to a question that was asked before must not be what ends the stream.
            await().pollDelay(Duration.ofSeconds(1)).until(() -> true);

            run.destroy();

            assertThat(run.waitFor(30, TimeUnit.SECONDS)).as("ends").isTrue();
            assertThat(run.exitValue()).as(Files.readString(log)).isEqualTo(1);
            assertThat(Files.readString(log))
                    .contains("error: cannot stop shop.orders: ")
                    .containsPattern("shop\\.orders +stuck +1 +1 ")
                    .contains("failed after");
        } finally {
            run.destroyForcibly().waitFor();
        }
    }

    @Test
    void givesUpAMicroBatchThatFailsAgainAndAgainWhileOthersGoOn() throws Exception {
        Files.writeString(Files.createDirectory(folder.resolve("poison")).resolve("a.txt"), "poison\n");
        Path project = write("""
                project: shop
                spark: {spark.sql.shuffle.partitions: 1}
                connections:
                  lake: {type: local, base_path: %1$s}
                pipelines:
                  - pipeline: shop
                    nodes:
                      - name: poisoned
                        streaming: {trigger: 200 milliseconds, %2$s}
                        read: {connection: lake, format: text, path: poison}
                        transform: {steps: ["SELECT CAST(raise_error(value) AS STRING) AS value FROM {input}"]}
                        write: {connection: lake, format: delta, table: poisoned}
                      - name: well
                        streaming: {trigger: 200 milliseconds}
                        read: {format: rate, options: {rowsPerSecond: 10}}
                        write: {connection: lake, format: delta, table: well}
                """.formatted(folder, RESTART));
        try (BackgroundRun run = BackgroundRun.start(project, Map.of())) {
            await().atMost(Duration.ofSeconds(90)).until(() -> ended(run, "poisoned") && run.rowsCommitted() > 0);

            RunResult result = run.drain();

            NodeResult poisoned = result.nodes().get(0);
            assertThat(poisoned.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(poisoned.failure().orElseThrow().message())
                    .contains("poison; micro-batch 0 failed 3 times; it reads FileStreamSource[")
                    .contains("from the start to {\"logOffset\":0}");
            assertThat(result.nodes().get(1).outcome()).isEqualTo(Outcome.STOPPED);
            assertThat(run.events().stream().filter(RunEvent.RestartPlanned.class::isInstance))
                    .hasSize(2);
        }
    }

    @Test
    void startsAStreamAgainFromItsCheckpointWhenAsked() throws Exception {
        NodeId node = new NodeId("shop", "ticks");
        Path project = write("""
                project: shop
                spark: {spark.sql.shuffle.partitions: 1}
                connections:
                  lake: {type: local, base_path: %s}
                pipelines:
                  - pipeline: shop
                    nodes:
                      - name: ticks
                        streaming: {trigger: 200 milliseconds}
                        read: {format: rate, options: {rowsPerSecond: 20}}
                        transform: {steps: ["SELECT CAST(value AS STRING) AS value FROM {input}"]}
                        write: {connection: lake, format: delta, table: ticks}
                """.formatted(folder));
        try (BackgroundRun run = BackgroundRun.start(project, Map.of())) {
            await().atMost(Duration.ofSeconds(60)).until(() -> run.rowsCommitted() > 0);

            assertThat(run.restart(node)).isTrue();
            long before = run.rowsCommitted();
            await().atMost(Duration.ofSeconds(60)).until(() -> run.rowsCommitted() > before);

            assertThat(run.drain().isWell()).isTrue();
            List<String> queries = run.events().stream()
                    .filter(RunEvent.QueryStarted.class::isInstance)
                    .map(event -> ((RunEvent.QueryStarted) event).query().id())
                    .toList();
            assertThat(queries).hasSize(2);
            assertThat(queries.get(0)).as("the query of the same checkpoint").isEqualTo(queries.get(1));
            assertThat(values("ticks"))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, values("ticks").size())
                                    .mapToObj(Integer::toString)
                                    .toList());
        }
    }

    private Path orders(String topic, String more) throws Exception {
        return write("""
                project: shop
                spark: {spark.sql.shuffle.partitions: 1}
                connections:
                  kafka: {type: kafka, bootstrap_servers: "%s"%s}
                  lake: {type: local, base_path: %s}
                pipelines:
                  - pipeline: shop
                    nodes:
                      - name: orders
                        streaming: {trigger: 200 milliseconds, %s}
                        read: {connection: kafka, format: kafka, options: {subscribe: %s, startingOffsets: earliest, fetchOffset.numRetries: 1}}
                        transform: {steps: ["SELECT CAST(value AS STRING) AS value FROM {input}"]}
                        write: {connection: lake, format: delta, table: orders}
                """.formatted(broker.bootstrapServers(), more, folder, RESTART, topic));
    }

    private static boolean ended(BackgroundRun run, String node) {
        return run.events().stream()
                .anyMatch(event -> event instanceof RunEvent.NodeEnded
                        && event.node().node().equals(node));
    }

    private Path write(String yaml) throws Exception {
        return Files.writeString(folder.resolve("project.yaml"), yaml);
    }

    private List<String> values(String table) {
        return SparkSession.builder()
                .getOrCreate()
                .read()
                .format("delta")
                .load(folder.resolve(table).toString())
                .select("value")
                .as(Encoders.STRING())
                .collectAsList();
    }

    private static void publish(String topic, int from, int to) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (int i = from; i < to; i++) {
                producer.send(new ProducerRecord<>(topic, "v" + i)).get();
            }
        }
    }
}
