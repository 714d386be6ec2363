package io.odibi.it.e2e;

import static io.odibi.it.matrix.Use.APPEND_BATCH;
import static io.odibi.it.matrix.Use.APPEND_STREAM;
import static io.odibi.it.matrix.Use.COMPLETE_STREAM;
import static io.odibi.it.matrix.Use.READ_BATCH;
import static io.odibi.it.matrix.Use.READ_STREAM;
import static io.odibi.it.matrix.Use.UPDATE_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.cli.demo.LocalKafkaBroker;
import io.odibi.core.run.RunResult;
import io.odibi.it.matrix.Proves;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real broker read and written in batch and as a stream, in each output mode. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
class KafkaBothWaysIT {

    private static final int RECORDS = 50;

    private LocalKafkaBroker broker;

    @BeforeAll
    void startBroker(@TempDir Path directory) throws Exception {
        broker = LocalKafkaBroker.in(Path.of(System.getProperty("odibi.home"), "broker"), directory);
        broker.start();
        for (String topic : List.of("in", "out", "loaded", "updates", "totals")) {
            broker.createTopic(topic, 2);
        }
    }

    @AfterAll
    void stopBroker() {
        broker.close();
    }

    @Test
    @Proves(
            format = "kafka",
            use = {READ_BATCH, READ_STREAM, APPEND_STREAM})
    void relaysEveryRecordAndReadsItBackInBatch(@TempDir Path lake) throws Exception {
        publish(broker.bootstrapServers());

        RunResult result = run("/kafka-both-ways", lake);

        assertThat(result.nodes())
                .extracting(node -> node.rows().out())
                .containsExactly(OptionalLong.of(RECORDS), OptionalLong.of(RECORDS));
        assertThat(landed(lake.resolve("landed")))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, RECORDS)
                        .mapToObj(i -> "k" + i + ",VALUE " + i)
                        .toList());
    }

    @Test
    @Proves(
            format = "kafka",
            use = {APPEND_BATCH, UPDATE_STREAM, COMPLETE_STREAM})
    void takesABatchThenWhatChangesInACountAndTheWholeOfIt(@TempDir Path lake) throws Exception {
        Files.write(lake.resolve("first.csv"), List.of("a,1", "b,2", "a,3"));
        Files.write(lake.resolve("second.csv"), List.of("a,4"));
        run("/kafka-modes", lake);
        assertThat(landed(lake.resolve("updates"))).containsExactlyInAnyOrder("a,2", "b,1");
        assertThat(landed(lake.resolve("totals"))).containsExactlyInAnyOrder("a,2", "b,1");

        Files.move(lake.resolve("second.csv"), lake.resolve("first.csv"), StandardCopyOption.REPLACE_EXISTING);
        run("/kafka-modes", lake);

        assertThat(landed(lake.resolve("updates")))
                .as("only what has changed is added")
                .containsExactlyInAnyOrder("a,2", "b,1", "a,3");
        assertThat(landed(lake.resolve("totals")))
                .as("all is added once more: a topic cannot be emptied")
                .containsExactlyInAnyOrder("a,2", "b,1", "a,3", "b,1");
    }

    private RunResult run(String project, Path lake) throws Exception {
        Path folder = Path.of(KafkaBothWaysIT.class.getResource(project).toURI());
        Map<String, String> variables = Map.of("KAFKA_BOOTSTRAP", broker.bootstrapServers(), "LAKE", lake.toString());
        try (BackgroundRun run = BackgroundRun.start(folder, variables)) {
            RunResult result = run.await();
            assertThat(result.isWell()).as(result.toString()).isTrue();
            return result;
        }
    }

    private static void publish(String bootstrapServers) {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "acks", "all");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < RECORDS; i++) {
                var unused = producer.send(new ProducerRecord<>("in", "k" + i, "value " + i));
            }
        }
    }

    private static List<String> landed(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> parts =
                    files.filter(file -> file.toString().endsWith(".csv")).toList();
            List<String> lines = new ArrayList<>();
            for (Path part : parts) {
                lines.addAll(Files.readAllLines(part));
            }
            return lines;
        }
    }
}
