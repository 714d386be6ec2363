package io.odibi.it.eventhubs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.odibi.core.execution.Failure.Nature;
import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.NodeResult.Outcome;
import io.odibi.core.execution.RunEvent.BatchCommitted;
import io.odibi.it.e2e.BackgroundRun;
import io.odibi.it.eventhubs.emulator.EventHubsEmulator;
import io.odibi.it.eventhubs.emulator.StoredEvent;
import io.odibi.it.matrix.Proves;
import io.odibi.it.matrix.Use;
import io.odibi.it.process.Distribution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Event Hubs read and written over AMQP through Odibi, with what goes wrong on the way. */
@Timeout(180)
class EventHubsIT {

    private static final int PARTITIONS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicInteger HUBS = new AtomicInteger();

    private static EventHubsEmulator emulator;
    private static SSLContext usual;
    private static SparkSession spark;

    @TempDir
    Path folder;

    private final String hub = "orders" + HUBS.incrementAndGet();

    @BeforeAll
    static void start(@TempDir Path certificate) throws Exception {
        emulator = EventHubsEmulator.start(certificate);
        usual = SSLContext.getDefault();
        SSLContext.setDefault(EventHubsEmulator.trusting(emulator));
        // Odibi joins it. Tasks that lose their connection are run again, as they are on a cluster.
        spark = SparkSession.builder()
                .master("local[2,4]")
                .config("spark.ui.enabled", false)
                .config("spark.sql.shuffle.partitions", 1)
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.databricks.delta.snapshotPartitions", 1)
                .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                .getOrCreate();
    }

    @AfterAll
    static void stop() {
        spark.stop();
        SSLContext.setDefault(usual);
        emulator.close();
    }

    @BeforeEach
    void makeHub() {
        emulator.createHub(hub, PARTITIONS, "odibi");
    }

    @Test
    @Proves(format = "eventhubs", use = Use.READ_STREAM)
    void takesEveryEventOnceWhateverHappensToTheConnection() throws Exception {
        Path project = intoDelta("1 second", "");
        publish(20);
        try (BackgroundRun run = BackgroundRun.start(project, variables())) {
            awaitLanded(60);
            assertThat(emulator.faults().detachLinks()).isPositive();
            publish(20);
            awaitLanded(120);
            assertThat(emulator.faults().closeConnections()).isPositive();
            publish(20);
            awaitLanded(180);
            assertThat(emulator.faults().resetConnections()).isPositive();
            publish(20);
            awaitLanded(240);
            assertThat(run.drain().nodes().get(0).outcome()).isEqualTo(Outcome.STOPPED);
        }
        publish(20);
        try (BackgroundRun run = BackgroundRun.start(intoDelta("available_now", ""), variables())) {
            assertThat(run.await().nodes().get(0).rows().in()).hasValue(60);
        }
        assertThat(landed()).isEqualTo(published());
    }

    @Test
    void takesAllThatIsThereInMicroBatchesOfTheSizeAskedFor() throws Exception {
        publish(40);
        Path project = intoDelta("available_now", "maxEventsPerTrigger: 50");
        try (BackgroundRun run = BackgroundRun.start(project, variables())) {
            assertThat(run.await().nodes().get(0).rows().in()).hasValue(120);
            assertThat(batches(run)).containsExactly(51L, 51L, 18L);
        }
        publish(10);
        try (BackgroundRun run = BackgroundRun.start(project, variables())) {
            assertThat(run.await().nodes().get(0).rows().in()).hasValue(30);
        }
        assertThat(landed()).isEqualTo(published());
    }

    @Test
    void failsForEventsThatHaveExpiredUntilItMayGoOnWithoutThem() throws Exception {
        publish(10);
        run(intoDelta("available_now", ""));
        publish(10);
        emulator.expire(hub, 1, 13);

        NodeResult failed = fail(intoDelta("available_now", ""), variables());
        assertThat(failed.failure().orElseThrow().message())
                .isEqualTo(
                        "cannot run node 'land': rows 10 to 13 of partition 1 are no longer there; to go on without what"
                                + " is lost set 'failOnDataLoss: false', or give the node a new 'checkpoint_location'");
        assertThat(landed()).hasSize(30);

        run(intoDelta("available_now", "failOnDataLoss: false"));
        List<String> landed = landed();
        assertThat(landed).hasSize(56).doesNotHaveDuplicates().containsAll(published());
    }

    @Test
    void tellsOfAWrongKeyAndOfAHubThatIsNotThere() throws Exception {
        String wrongKey = emulator.connectionStringWithWrongKey(hub);
        NodeResult refused = fail(intoDelta("available_now", ""), Map.of("HUB", wrongKey));
        assertThat(refused.failure().orElseThrow().message())
                .matches("cannot run node 'land': Event Hubs at 127\\.0\\.0\\.\\d+ refuses the credentials; mend"
                        + " 'connection_string'");
        assertThat(refused.failure().orElseThrow().nature()).isEqualTo(Nature.LASTING);
        assertThat(refused.toString()).doesNotContain(wrongKey.replaceAll(".*SharedAccessKey=|;EntityPath.*", ""));

        NodeResult missing = fail(intoDelta("available_now", ""), Map.of("HUB", emulator.connectionString("nowhere")));
        assertThat(missing.failure().orElseThrow().message())
                .contains("has no such hub or consumer group; create it, or mend 'event_hub' or 'consumer_group'");
    }

    @Test
    @Proves(format = "eventhubs", use = Use.READ_BATCH)
    void readsFromPlaceToPlaceInBatch() throws Exception {
        publish(10);
        run(project("""
                - name: land
                        read: {connection: hub, format: eventhubs, options: {startingPosition: 4, startingPositions: {"2": earliest}, endingPosition: 7}}
                        write: {connection: lake, format: delta, path: landed, mode: overwrite}
                """));

        assertThat(landed())
                .containsExactly(
                        "0/4 e4", "0/5 e5", "0/6 e6", "1/4 e4", "1/5 e5", "1/6 e6", "2/0 e0", "2/1 e1", "2/2 e2",
                        "2/3 e3", "2/4 e4", "2/5 e5", "2/6 e6");
    }

    @Test
    @Proves(
            format = "eventhubs",
            use = {Use.APPEND_STREAM, Use.APPEND_BATCH})
    void writesWhatComesOutOfADeltaTable() throws Exception {
        spark.range(30)
                .toDF("id")
                .write()
                .format("delta")
                .save(folder.resolve("source").toString());
        String write = """
                read: {connection: lake, format: delta, path: source}
                        transform: {steps: ["SELECT concat('%s', id) AS BODY, concat('k', id %% 5) AS PartitionKey, map('id', CAST(id AS STRING)) AS properties FROM {input}"]}
                        write: {connection: hub, format: eventhubs}
                """;
        run(project("- name: relay\n        streaming: {trigger: available_now, checkpoint_location: relayed}\n        "
                + write.formatted("s")));
        run(project("- name: copy\n        " + write.formatted("b")));

        List<StoredEvent> events = emulator.events(hub);
        assertThat(events.stream().map(StoredEvent::text))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 30)
                        .boxed()
                        .flatMap(id -> List.of("s" + id, "b" + id).stream())
                        .toList());
        assertThat(events).allSatisfy(event -> {
            int id = Integer.parseInt(event.text().substring(1));
            assertThat(event.partitionKey()).contains("k" + id % 5);
            assertThat(event.properties()).containsEntry("id", String.valueOf(id));
        });
    }

    @Test
    @Proves(
            format = "eventhubs",
            use = {Use.UPDATE_STREAM, Use.COMPLETE_STREAM})
    void writesWhatAnAggregateHasChanged() throws Exception {
        spark.range(30)
                .toDF("id")
                .write()
                .format("delta")
                .save(folder.resolve("source").toString());
        String counted = """
                - name: %1$s
                        streaming: {trigger: available_now, output_mode: %1$s, unbounded_state: accept, checkpoint_location: %1$s}
                        read: {connection: lake, format: delta, path: source}
                        transform: {steps: ["SELECT concat('%1$s ', id %% 3, ' ', count(*)) AS body FROM {input} GROUP BY id %% 3"]}
                        write: {connection: hub, format: eventhubs}
                """;
        run(project(counted.formatted("update") + "      " + counted.formatted("complete")));

        assertThat(emulator.events(hub).stream().map(StoredEvent::text))
                .containsExactlyInAnyOrder(
                        "update 0 10", "update 1 10", "update 2 10", "complete 0 10", "complete 1 10", "complete 2 10");
    }

    @Test
    void tellsOfRowsThatCannotBeSent() throws Exception {
        spark.range(3)
                .toDF("id")
                .write()
                .format("delta")
                .save(folder.resolve("source").toString());

        assertThat(refused("'x' AS body, 'k' AS partitionKey, '1' AS partition"))
                .isEqualTo("a row has both 'partitionKey' and 'partition'; drop one of the columns");
        assertThat(refused("'x' AS body, 'one' AS partition"))
                .isEqualTo("a row's 'partition' is no number; write '0', '1' and so on, or drop the column");
        assertThat(refused("'x' AS body, '9' AS partition"))
                .endsWith(" has no such partition; mend the column 'partition'");
        assertThat(refused("IF(id < 1, 'x', NULL) AS body"))
                .isEqualTo("a row has no 'body': it is NULL; leave such rows out, or give them one");
        assertThat(refused("'x' AS body, map('a', IF(id < 1, 'x', NULL)) AS properties"))
                .isEqualTo("a row has NULL among its 'properties'; leave it out, such as by map_filter");
        assertThat(refused("repeat('x', 1100000 + CAST(id AS INT)) AS body"))
                .isEqualTo("an event is larger than Event Hubs takes, which is 1 MB; make 'body' smaller");
    }

    @Test
    void runsAsACommandAndEndsThoughTheLibraryLeavesThreadsBehind() throws Exception {
        publish(10);
        try (Distribution distribution = Distribution.in(folder)
                .with("HUB", emulator.connectionString(hub))
                .javaOptions(String.join(" ", emulator.trustOptions()))) {
            Distribution.Answer answer =
                    distribution.run("run", intoDelta("available_now", "").toString(), "--master", "local[2]");

            assertThat(answer.code()).as(answer.out() + answer.err()).isZero();
        }
        assertThat(landed()).isEqualTo(published());
    }

    private String refused(String columns) throws Exception {
        NodeResult result = fail(project("""
                - name: send
                        read: {connection: lake, format: delta, path: source}
                        transform: {steps: ["SELECT %s FROM {input}"]}
                        write: {connection: hub, format: eventhubs}
                """.formatted(columns)), variables());
        assertThat(result.failure().orElseThrow().nature()).isEqualTo(Nature.LASTING);
        return result.failure().orElseThrow().message().replace("cannot run node 'send': ", "");
    }

    private static Map<String, String> variables(String hub) {
        return Map.of("HUB", emulator.connectionString(hub));
    }

    private Map<String, String> variables() {
        return variables(hub);
    }

    private void publish(int perPartition) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            int begin = emulator.events(hub, partition).isEmpty()
                    ? 0
                    : (int) emulator.events(hub, partition)
                                    .get(emulator.events(hub, partition).size() - 1)
                                    .sequenceNumber()
                            + 1;
            for (int i = begin; i < begin + perPartition; i++) {
                emulator.publish(hub, partition, "e" + i);
            }
        }
    }

    private Path intoDelta(String trigger, String options) throws Exception {
        return project("""
                - name: land
                        streaming: {trigger: %s, checkpoint_location: checkpoint}
                        read: {connection: hub, format: eventhubs, options: {startingPosition: earliest, receiverTimeout: 5s, operationTimeout: 10s%s}}
                        write: {connection: lake, format: delta, path: landed}
                """.formatted(trigger, options.isEmpty() ? "" : ", " + options));
    }

    private Path project(String nodes) throws Exception {
        return Files.writeString(folder.resolve("project.yaml"), """
                project: hubs
                connections:
                  lake: {type: local, base_path: %s}
                  hub: {type: eventhubs, connection_string: "${HUB}", consumer_group: odibi}
                pipelines:
                  - pipeline: p
                    nodes:
                      %s""".formatted(folder, nodes));
    }

    private void run(Path project) throws Exception {
        try (BackgroundRun run = BackgroundRun.start(project, variables())) {
            var result = run.await();
            assertThat(result.isWell()).as(result.toString()).isTrue();
        }
    }

    private static NodeResult fail(Path project, Map<String, String> variables) throws Exception {
        try (BackgroundRun run = BackgroundRun.start(project, variables)) {
            NodeResult result = run.await().nodes().get(0);
            assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
            return result;
        }
    }

    private static List<Long> batches(BackgroundRun run) {
        return run.events().stream()
                .filter(BatchCommitted.class::isInstance)
                .map(event -> ((BatchCommitted) event).progress().rows().in().orElse(0))
                .toList();
    }

    private void awaitLanded(int rows) {
        await().atMost(PATIENCE).until(() -> landed().size() >= rows);
    }

    /** What the table holds, each event as {@code partition/number body}. */
    private List<String> landed() {
        Path table = folder.resolve("landed");
        // The folder of the log is there before the first commit is.
        if (!Files.exists(table.resolve("_delta_log/00000000000000000000.json"))) {
            return List.of();
        }
        return spark
                .read()
                .format("delta")
                .load(table.toString())
                .orderBy("partition", "sequenceNumber")
                .selectExpr("concat(partition, '/', sequenceNumber, ' ', CAST(body AS STRING)) AS event")
                .collectAsList()
                .stream()
                .map(Row::mkString)
                .toList();
    }

    private List<String> published() {
        List<String> events = new ArrayList<>();
        emulator.events(hub).forEach(event -> events.add(event.toString()));
        return events;
    }
}
