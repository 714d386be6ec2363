package io.odibi.it.e2e;

import static io.odibi.it.matrix.Use.APPEND_STREAM;
import static io.odibi.it.matrix.Use.READ_STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.odibi.cli.demo.LocalKafkaBroker;
import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.NodeResult.Outcome;
import io.odibi.core.run.RunResult;
import io.odibi.it.matrix.Proves;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The plan's complete example: a real broker, real events, a real Delta table, compared row by row, before and after a restart. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class PlanExampleIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private LocalKafkaBroker broker;

    @BeforeAll
    void startBroker(@TempDir Path directory) throws Exception {
        broker = LocalKafkaBroker.in(Path.of(System.getProperty("odibi.home"), "broker"), directory);
        broker.start();
        broker.createTopic("raw_events", 3);
    }

    @AfterAll
    void stopBroker() {
        broker.close();
    }

    @Test
    @Proves(format = "kafka", use = READ_STREAM)
    @Proves(format = "delta", use = APPEND_STREAM)
    void landsEveryEventOnceAndGoesOnFromItsCheckpoint(@TempDir Path lake) throws Exception {
        Path project = Path.of(PlanExampleIT.class.getResource("/plan-example").toURI());
        Map<String, String> variables = Map.of("KAFKA_BOOTSTRAP", broker.bootstrapServers(), "LAKE", lake.toString());
        List<JsonNode> events = earthquakes();

        List<Landed> published = new ArrayList<>(publish(events.subList(0, 1_000)));
        String query = runUntilCommitted(project, variables, published, 0);

        published.addAll(publish(events.subList(1_000, events.size())));
        String sameQuery = runUntilCommitted(project, variables, published, 1_000);

        assertThat(sameQuery).as("the query's id survives the restart").isEqualTo(query);
        assertThat(lake.resolve("checkpoints/ingest_events/commits")).isDirectory();
        assertThat(lake.resolve("events_stream/event_type=quarry blast")).isDirectory();
    }

    /** Runs until everything published is committed, drains, compares the table, and returns the query's id. */
    private static String runUntilCommitted(
            Path project, Map<String, String> variables, List<Landed> published, int landedBefore) throws Exception {
        try (BackgroundRun run = BackgroundRun.start(project, variables)) {
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> run.hasEnded() || landedBefore + run.rowsCommitted() >= published.size());
            RunResult result = run.drain();

            NodeResult node = result.nodes().get(0);
            assertThat(node.outcome()).as(node.toString()).isEqualTo(Outcome.STOPPED);
            assertThat(node.schema())
                    .hasValueSatisfying(schema -> assertThat(schema).contains("event_time"));
            assertThat(table(variables)).containsExactlyInAnyOrderElementsOf(published);
            return node.query().orElseThrow().id();
        }
    }

    /** One event as it was published, and as it stands in the table. */
    private record Landed(String key, String json, Instant kafkaTime, String type, Instant eventTime, String payload) {}

    private List<Landed> publish(List<JsonNode> events) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all");
        List<Landed> landed = new ArrayList<>();
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
            List<ObjectNode> values = new ArrayList<>();
            for (JsonNode event : events) {
                ObjectNode value = JSON.createObjectNode();
                value.set("event_type", event.get("event_type"));
                value.set("event_time", event.get("event_time"));
                value.put("payload", event.get("place").asText());
                values.add(value);
                acknowledgements.add(producer.send(
                        new ProducerRecord<>("raw_events", event.get("id").asText(), value.toString())));
            }
            for (int i = 0; i < values.size(); i++) {
                ObjectNode value = values.get(i);
                landed.add(new Landed(
                        events.get(i).get("id").asText(),
                        value.toString(),
                        Instant.ofEpochMilli(acknowledgements.get(i).get().timestamp()),
                        value.get("event_type").asText(),
                        Instant.parse(value.get("event_time").asText()),
                        value.get("payload").asText()));
            }
        }
        return landed;
    }

    private static List<Landed> table(Map<String, String> variables) {
        SparkSession session = SparkSession.builder().getOrCreate();
        List<Row> rows = session.read()
                .format("delta")
                .load(variables.get("LAKE") + "/events_stream")
                .select("event_key", "event_json", "kafka_timestamp", "event_type", "event_time", "payload")
                .collectAsList();
        return rows.stream()
                .map(row -> new Landed(
                        row.getString(0),
                        row.getString(1),
                        row.<Timestamp>getAs(2).toInstant(),
                        row.getString(3),
                        row.<Timestamp>getAs(4).toInstant(),
                        row.getString(5)))
                .toList();
    }

    private static List<JsonNode> earthquakes() throws Exception {
        List<JsonNode> events = new ArrayList<>();
        try (Stream<String> lines = Files.lines(Path.of("..", "examples", "earthquakes", "events.ndjson"))) {
            for (String line : (Iterable<String>) lines::iterator) {
                events.add(JSON.readTree(line));
            }
        }
        return events;
    }
}
