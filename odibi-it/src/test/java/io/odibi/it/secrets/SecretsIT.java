package io.odibi.it.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.odibi.it.eventhubs.emulator.EventHubsEmulator;
import io.odibi.it.jdbc.PostgresServer;
import io.odibi.it.kafka.SecuredBroker;
import io.odibi.it.process.Distribution;
import io.odibi.it.process.Distribution.Answer;
import io.odibi.it.secrets.SecretScan.Leak;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All connectors in one project, at work and failing, by the real command: what it prints, logs, writes, sends and leaves behind is searched
 * for every secret that it was given.
 */
@Timeout(300)
class SecretsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Canary HEADER = Canary.of("header of OTLP");
    private static final Canary SPARK_SETTING = Canary.of("setting of Spark");

    @TempDir
    static Path closed;

    @TempDir
    static Path folder;

    private static SecuredBroker broker;
    private static PostgresServer database;
    private static EventHubsEmulator hubs;
    private static OtlpFiles collector;
    private static Distribution distribution;
    private static List<SecretCase> cases;
    private static final Map<String, String> OUTCOMES = new HashMap<>();

    @BeforeAll
    static void runEverything() throws Exception {
        broker = SecuredBroker.start(
                closed,
                SecretCases.TRUST.text(),
                new SecuredBroker.Users()
                        .plain("reader", SecretCases.PLAIN.text())
                        .plain("$ConnectionString", SecretCases.CONNECTION_STRING)
                        .scram("writer", SecretCases.SCRAM.text()));
        collector = OtlpFiles.start(folder.resolve("otlp"));
        publish();
        database = PostgresServer.in(Files.createDirectories(closed.resolve("database")));
        hubs = EventHubsEmulator.start(Files.createDirectories(closed.resolve("hubs")));
        hubs.createHub(SecretCases.HUB, 1, "batches");
        hubs.publish(SecretCases.HUB, 0, "one");
        cases = SecretCases.with(broker, database, hubs);
        writeProject();
        distribution = Distribution.in(folder.resolve("process"))
                .with("HEADER", HEADER.text())
                .with("SPARK_SETTING", SPARK_SETTING.text())
                .with("OTLP", collector.endpoint())
                .with("LAKE", folder.resolve("lake").toString());
        cases.forEach(one -> one.environment().forEach(distribution::with));

        look();
        runWithEveryLog();
        runWithTraces();
    }

    @AfterAll
    static void close() {
        if (distribution != null) {
            distribution.close();
        }
        if (collector != null) {
            collector.close();
        }
        if (database != null) {
            database.close();
        }
        if (hubs != null) {
            hubs.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    static List<SecretCase> cases() {
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void endsAsExpected(SecretCase one) {
        assertThat(OUTCOMES).containsAllEntriesOf(one.outcomes());
    }

    @Test
    void leavesNoSecretBehind() throws IOException {
        Set<Canary> canaries = new LinkedHashSet<>(List.of(HEADER, SPARK_SETTING));
        cases.forEach(one -> canaries.addAll(one.canaries()));

        List<Leak> leaks = new SecretScan(List.copyOf(canaries)).folder(folder);

        assertThat(leaks).isEmpty();
        assertThat(canaries).hasSizeGreaterThan(12);
    }

    @Test
    void looksWhereSecretsWouldBe() throws IOException {
        assertThat(folder.resolve("events")).isNotEmptyDirectory();
        assertThat(folder.resolve("otlp")).isNotEmptyDirectory();
        assertThat(folder.resolve("lake/_odibi/secrets/checkpoints/kafka/land/offsets"))
                .isNotEmptyDirectory();
        assertThat(folder.resolve("lake/landed/_delta_log")).isNotEmptyDirectory();
        assertThat(Files.readString(folder.resolve("logs/spark.log"))).contains(" DEBUG org.apache.spark.");
        assertThat(distribution.log("traces")).contains("\tat org.apache.spark", "Exception");
    }

    private static void look() throws Exception {
        keep("validate", distribution.run("validate", project()));
        keep("plan", distribution.run("plan", project()));
        keep("plan-json", distribution.run("plan", project(), "--format", "json"));
    }

    private static void runWithEveryLog() throws Exception {
        Path log4j =
                Files.writeString(folder.resolve("log4j2.properties"), """
                status = off
                appender.file.type = File
                appender.file.name = file
                appender.file.fileName = %s
                appender.file.layout.type = PatternLayout
                appender.file.layout.pattern = %%d %%p %%c: %%m%%n%%xEx
                rootLogger.level = info
                rootLogger.appenderRef.file.ref = file
                logger.spark.name = org.apache.spark
                logger.spark.level = debug
                logger.odibi.name = io.odibi
                logger.odibi.level = debug
                logger.hadoop.name = org.apache.hadoop
                logger.hadoop.level = debug
                """.formatted(folder.resolve("logs/spark.log")));
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        String trust = String.join(" ", hubs.trustOptions());
        distribution.javaOptions(
                "-Djava.io.tmpdir=" + temporary + " -Dlog4j2.configurationFile=" + log4j + " " + trust);
        Process run = distribution.start("everything", "run", project(), "--master", "local[2]");
        distribution.javaOptions(trust);
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> !run.isAlive() || restAtEnd());
        assertThat(run.isAlive()).as(() -> said("everything")).isTrue();

        for (List<String> question :
                List.of(List.of("list"), List.of("status", "kafka.land"), List.of("history", "kafka.land"))) {
            String[] asked = question.toArray(String[]::new);
            keep(question.get(0), streaming(asked));
            keep(question.get(0) + "-json", streaming(with(asked, "--format", "json")));
        }
        assertThat(streaming("stop", "kafka.land").code()).isZero();
        assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).as(said("everything")).isEqualTo(1);
    }

    /** Whether only the stream is left that goes on, and has rows: the others have ended, those that fail last. */
    private static boolean restAtEnd() throws Exception {
        JsonNode queries =
                JSON.readTree(streaming("list", "--format", "json").out()).get("queries");
        for (JsonNode query : queries) {
            if (query.get("query").asText().equals("kafka.land")) {
                return query.get("state").asText().equals("running")
                        && query.get("rows_in").asLong() > 0
                        && allHaveFailed();
            }
        }
        return false;
    }

    private static boolean allHaveFailed() {
        String said = said("everything");
        return cases.stream()
                .flatMap(one -> one.outcomes().entrySet().stream())
                .filter(node -> node.getValue().equals("failed"))
                .allMatch(node -> said.contains(node.getKey() + " failed"));
    }

    private static void runWithTraces() throws Exception {
        Process run = distribution.start(
                "traces", "run", project(), "--debug", "--until-caught-up", "--format", "json", "--master", "local[2]");
        assertThat(run.waitFor(120, TimeUnit.SECONDS)).as(() -> said("traces")).isTrue();
        assertThat(run.exitValue()).as(said("traces")).isEqualTo(1);
        for (String line : said("traces").lines().toList()) {
            if (line.startsWith("{\"event\":\"node_ended\"")) {
                JsonNode ended = JSON.readTree(line);
                OUTCOMES.put(
                        ended.get("pipeline").asText() + "." + ended.get("node").asText(),
                        ended.get("outcome").asText());
            }
        }
    }

    private static Answer streaming(String... arguments) throws Exception {
        return distribution.run(with(new String[] {"streaming"}, arguments));
    }

    private static String[] with(String[] some, String... more) {
        String[] all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }

    private static void keep(String name, Answer answer) throws IOException {
        assertThat(answer.code()).as(name + ": " + answer.out() + answer.err()).isZero();
        Path kept = Files.createDirectories(folder.resolve("answers"));
        Files.writeString(kept.resolve(name + ".txt"), answer.out() + answer.err());
    }

    private static String said(String log) {
        try {
            return distribution.log(log);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    private static String project() {
        return closed.resolve("project").toString();
    }

    private static void writeProject() throws IOException {
        Path project = Files.createDirectories(closed.resolve("project"));
        Files.createDirectories(folder.resolve("process"));
        Files.createDirectories(folder.resolve("events"));
        Files.createDirectories(folder.resolve("lake"));
        Files.createDirectories(folder.resolve("lake/words"));
        Files.writeString(folder.resolve("lake/words/a.txt"), "one\ntwo\n");
        Files.writeString(project.resolve("project.yaml"), """
                project: secrets
                spark:
                  spark.sql.shuffle.partitions: 1
                  spark.eventLog.enabled: true
                  spark.eventLog.compress: false
                  spark.eventLog.dir: "file:%1$s/events"
                  spark.local.dir: "%1$s/local"
                  spark.sql.warehouse.dir: "%1$s/warehouse"
                  spark.sql.parquet.compression.codec: uncompressed
                  spark.hadoop.fs.azure.account.key.odibi9.dfs.core.windows.net: "${SPARK_SETTING}"
                connections:
                  lake: {type: local, base_path: "${LAKE}"}
                monitoring:
                  otlp_endpoint: "${OTLP}"
                  otlp_headers: {api-key: "${HEADER}"}
                  metrics_interval: 1 second
                """.formatted(folder));
        for (SecretCase one : cases) {
            Files.writeString(project.resolve(one.name() + ".yaml"), one.yaml());
        }
    }

    private static void publish() throws InterruptedException {
        broker.createTopic("in");
        broker.createTopic("out");
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.openServers(), "acks", "all");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < 10; i++) {
                var unused = producer.send(new ProducerRecord<>("in", "word " + i));
            }
        }
    }
}
