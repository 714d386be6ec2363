package io.odibi.it.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.execution.Failure.Nature;
import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.NodeResult.Outcome;
import io.odibi.core.execution.RunEvent;
import io.odibi.core.run.RunResult;
import io.odibi.it.e2e.BackgroundRun;
import io.odibi.it.matrix.Proves;
import io.odibi.it.matrix.Use;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker that encrypts and asks for a password: streams log in by PLAIN and by SCRAM, and a wrong password is told. */
@Timeout(240)
class KafkaLoginIT {

    private static final String CONNECTION_STRING =
            "Endpoint=sb://127.0.0.1/;SharedAccessKeyName=odibi;SharedAccessKey=c2VjcmV0IGtleQ==;EntityPath=in";
    private static final String TRUST = "trust \"me\"";
    private static final String PLAIN = "plain;=\\pass\"word";
    private static final String SCRAM = "scram=pass'word";

    private static SecuredBroker broker;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        broker = SecuredBroker.start(
                folder,
                TRUST,
                new SecuredBroker.Users()
                        .plain("reader", PLAIN)
                        .plain("$ConnectionString", CONNECTION_STRING)
                        .scram("writer", SCRAM));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    @Proves(
            format = "kafka",
            use = {Use.READ_STREAM, Use.APPEND_STREAM, Use.READ_BATCH})
    void readsByPlainWritesByScramAndLogsInWithAConnectionString(@TempDir Path lake) throws Exception {
        broker.createTopic("in");
        broker.createTopic("out");
        publish("in", "one", "two", "three");

        try (BackgroundRun run = BackgroundRun.start(project(lake, """
                - name: relay
                  streaming: {trigger: available_now, checkpoint_location: "${LAKE}/relay"}
                  read: {connection: plain, format: kafka, options: {subscribe: in, startingOffsets: earliest}}
                  transform: {steps: ["SELECT upper(CAST(value AS STRING)) AS value FROM {input}"]}
                  write: {connection: scram, format: kafka, options: {topic: out}}
                - name: back
                  depends_on: [relay]
                  read: {connection: like_event_hubs, format: kafka, options: {subscribe: out}}
                  transform: {steps: ["SELECT CAST(value AS STRING) AS value FROM {input}"]}
                  write: {connection: lake, format: text, path: landed}
                """), variables(PLAIN, SCRAM, lake))) {
            RunResult result = run.await();
            assertThat(result.isWell()).as(result.toString()).isTrue();
        }

        assertThat(landed(lake.resolve("landed"))).containsExactlyInAnyOrder("ONE", "TWO", "THREE");
    }

    @Test
    void tellsAWrongPasswordOnceAndNeverTheWord(@TempDir Path lake) throws Exception {
        broker.createTopic("locked");
        publish("locked", "one");

        try (BackgroundRun run =
                BackgroundRun.start(project(lake, """
                - name: by_plain
                  streaming: {trigger: available_now, checkpoint_location: "${LAKE}/by_plain"}
                  read: {connection: plain, format: kafka, options: {subscribe: locked, startingOffsets: earliest}}
                  write: {connection: lake, format: delta, path: by_plain}
                - name: by_scram
                  streaming: {trigger: available_now, checkpoint_location: "${LAKE}/by_scram"}
                  read: {connection: like_event_hubs, format: kafka, options: {subscribe: locked, startingOffsets: earliest}}
                  write: {connection: scram, format: kafka, options: {topic: locked}}
                """), variables("wrong-plain-word", "wrong-scram-word", lake))) {
            RunResult result = run.await();

            assertThat(result.nodes()).extracting(NodeResult::outcome).containsOnly(Outcome.FAILED);
            assertThat(result.nodes()).allSatisfy(node -> {
                assertThat(node.failure().orElseThrow().nature()).isEqualTo(Nature.LASTING);
                assertThat(node.failure().orElseThrow().message())
                        .startsWith("cannot run node '" + node.node().node() + "': Kafka at " + broker.securedServers()
                                + " refuses the credentials: Authentication failed")
                        .doesNotContain("wrong-");
            });
            assertThat(run.events().toString()).doesNotContain("wrong-plain-word", "wrong-scram-word");
            assertThat(run.events())
                    .filteredOn(RunEvent.NodeEnded.class::isInstance)
                    .hasSize(2);
        }
    }

    private static Map<String, String> variables(String plain, String scram, Path lake) {
        Map<String, String> variables = new HashMap<>();
        variables.put("SERVERS", broker.securedServers());
        variables.put("TRUST_STORE", broker.trustStore().toString());
        variables.put("TRUST_PASSWORD", TRUST);
        variables.put("PLAIN_PASSWORD", plain);
        variables.put("SCRAM_PASSWORD", scram);
        variables.put("CONNECTION_STRING", CONNECTION_STRING);
        variables.put("LAKE", lake.toString());
        return variables;
    }

    private static Path project(Path folder, String nodes) throws Exception {
        return Files.writeString(
                folder.resolve("project.yaml"),
                """
                project: login
                spark: {spark.sql.shuffle.partitions: 1, spark.master: "local[2]"}
                connections:
                  lake: {type: local, base_path: "${LAKE}"}
                """ + connection("plain", "PLAIN", "reader", "PLAIN_PASSWORD")
                        + connection("scram", "SCRAM-SHA-512", "writer", "SCRAM_PASSWORD")
                        + connection("like_event_hubs", "PLAIN", "$ConnectionString", "CONNECTION_STRING") + """
                pipelines:
                  - pipeline: p
                    nodes:
                """
                        + nodes.indent(6));
    }

    private static String connection(String name, String mechanism, String user, String password) {
        return """
                  %s:
                    type: kafka
                    bootstrap_servers: "${SERVERS}"
                    security_protocol: SASL_SSL
                    sasl_mechanism: %s
                    sasl_username: %s
                    sasl_password: "${%s}"
                    kafka.ssl.truststore.type: PKCS12
                    kafka.ssl.truststore.location: "${TRUST_STORE}"
                    kafka.ssl.truststore.password: "${TRUST_PASSWORD}"
                """.formatted(name, mechanism, user, password);
    }

    private static void publish(String topic, String... values) {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.openServers(), "acks", "all");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (String value : values) {
                var unused = producer.send(new ProducerRecord<>(topic, value));
            }
        }
    }

    private static List<String> landed(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .flatMap(KafkaLoginIT::lines)
                    .toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (java.io.IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
