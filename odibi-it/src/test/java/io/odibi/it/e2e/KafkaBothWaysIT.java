package io.odibi.it.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.cli.demo.LocalKafkaBroker;
import io.odibi.core.run.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real broker read and written as a stream, then read in batch by a node that waits for the stream's end. */
@Timeout(240)
class KafkaBothWaysIT {

    private static final int RECORDS = 50;

    @Test
    void relaysEveryRecordAndReadsItBackInBatch(@TempDir Path directory, @TempDir Path lake) throws Exception {
        try (LocalKafkaBroker broker =
                LocalKafkaBroker.in(Path.of(System.getProperty("odibi.home"), "broker"), directory)) {
            broker.start();
            broker.createTopic("in", 2);
            broker.createTopic("out", 2);
            publish(broker.bootstrapServers());
            Path project = Path.of(
                    KafkaBothWaysIT.class.getResource("/kafka-both-ways").toURI());
            Map<String, String> variables =
                    Map.of("KAFKA_BOOTSTRAP", broker.bootstrapServers(), "LAKE", lake.toString());

            try (BackgroundRun run = BackgroundRun.start(project, variables)) {
                RunResult result = run.await();

                assertThat(result.isWell()).as(result.toString()).isTrue();
                assertThat(result.nodes())
                        .extracting(node -> node.rows().out())
                        .containsExactly(OptionalLong.of(RECORDS), OptionalLong.of(RECORDS));
            }
            assertThat(landed(lake.resolve("landed")))
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, RECORDS)
                            .mapToObj(i -> "k" + i + ",VALUE " + i)
                            .toList());
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
