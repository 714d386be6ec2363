package io.odibi.it.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.odibi.cli.demo.LocalKafkaBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code odibi run} processes that are killed at random moments while a producer goes on. Each record says who made it and the how many-th
 * it is, so that every loss and every repetition shows: in a table that takes records as they are, and in one of counts in windows.
 *
 * <p>{@code -Dodibi.kill.seed=N} repeats the moments of a run that failed.
 */
class KilledProcessIT {

    private static final int PRODUCERS = 2;
    private static final Path ODIBI = Path.of(System.getProperty("odibi.home"), "bin", "odibi");

    private final long seed = Long.getLong("odibi.kill.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final AtomicLong sent = new AtomicLong();
    private final AtomicBoolean producing = new AtomicBoolean(true);
    private final List<Process> processes = new ArrayList<>();
    private LocalKafkaBroker broker;
    private Thread producer;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws Exception {
        broker = LocalKafkaBroker.in(
                Path.of(System.getProperty("odibi.home"), "broker"), Files.createDirectory(folder.resolve("broker")));
        broker.start();
        broker.createTopic("events", 2);
        Files.writeString(
                folder.resolve("project.yaml"), """
                project: kill
                spark: {spark.sql.shuffle.partitions: 2}
                connections:
                  kafka: {type: kafka, bootstrap_servers: "%s"}
                  lake: {type: local, base_path: %s}
                pipelines:
                  - pipeline: kill
                    nodes:
                      - name: plain
                        streaming: {trigger: 100 milliseconds}
                        read: {connection: kafka, format: kafka, options: {subscribe: events, startingOffsets: earliest, maxOffsetsPerTrigger: 2000}}
                        transform: {steps: ["SELECT CAST(key AS STRING) AS producer, CAST(CAST(value AS STRING) AS BIGINT) AS number FROM {input}"]}
                        write: {connection: lake, format: delta, table: plain}
                      - name: counted
                        streaming: {trigger: 100 milliseconds, watermark: "at, 1 second"}
                        read: {connection: kafka, format: kafka, options: {subscribe: events, startingOffsets: earliest, maxOffsetsPerTrigger: 2000}}
                        transform:
                          steps:
                            - SELECT CAST(key AS STRING) AS producer, CAST(CAST(value AS STRING) AS BIGINT) AS number, timestamp_seconds(CAST(CAST(value AS STRING) AS BIGINT) DIV 100) AS at FROM {input}
                            - SELECT window(at, '10 seconds').start AS begins, producer, count(*) AS records, sum(number) AS total FROM {input} GROUP BY window(at, '10 seconds'), producer
                        write: {connection: lake, format: delta, table: counted}
                """.formatted(broker.bootstrapServers(), folder.resolve("lake")));
    }

    @AfterEach
    void stop() throws Exception {
        producing.set(false);
        if (producer != null) {
            producer.join();
        }
        processes.forEach(Process::destroyForcibly);
        broker.close();
    }

    @Test
    @Timeout(300)
    void losesAndRepeatsNothingOverThreeKills() throws Exception {
        killAndCount(3);
    }

    @Test
    @Tag("heavy")
    @Timeout(1800)
    void losesAndRepeatsNothingOverTwentyKills() throws Exception {
        killAndCount(20);
    }

    private void killAndCount(int rounds) throws Exception {
        producer = new Thread(this::produce, "producer");
        producer.start();
        Map<String, Integer> moments = new HashMap<>();
        for (int round = 0; round < rounds; round++) {
            Process run = odibi("run", folder.resolve("project.yaml").toString(), "--master", "local[2]");
            // Of three, one is killed while it starts or takes up what it had in hand, the others at work.
            if (round % 3 != 0) {
                long before = commits("plain");
                await().atMost(Duration.ofSeconds(90)).until(() -> !run.isAlive() || commits("plain") > before);
            }
            assertThat(run.waitFor(random.nextInt(round % 3 == 0 ? 9_000 : 2_500), TimeUnit.MILLISECONDS))
                    .as("the run ended by itself: " + Files.readString(folder.resolve("run.log")))
                    .isFalse();
            run.destroyForcibly().waitFor();
            moments.merge(moment(), 1, Integer::sum);
        }
        producing.set(false);
        producer.join();
        Process last =
                odibi("run", folder.resolve("project.yaml").toString(), "--master", "local[2]", "--until-caught-up");
        assertThat(last.waitFor(180, TimeUnit.SECONDS)).isTrue();
        assertThat(last.exitValue())
                .as(Files.readString(folder.resolve("run.log")))
                .isZero();
        compare(rounds, moments);
    }

    /** What the checkpoint of the plain stream says of the moment: was a micro-batch in hand, or none. */
    private String moment() {
        long begun = newest("plain", "offsets");
        return begun < 0
                ? "before the first micro-batch"
                : begun > commits("plain") ? "in a micro-batch" : "between two";
    }

    private void compare(int rounds, Map<String, Integer> moments) {
        try (SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .config("spark.sql.shuffle.partitions", 2)
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                .getOrCreate()) {
            spark.read()
                    .format("delta")
                    .load(folder.resolve("lake/plain").toString())
                    .createOrReplaceTempView("plain");
            Row plain = spark.sql("SELECT count(*), count(DISTINCT producer, number), count_if(number < 0 OR number >= "
                            + sent.get() + ") FROM plain")
                    .head();
            long expected = sent.get() * PRODUCERS;
            spark.read()
                    .format("delta")
                    .load(folder.resolve("lake/counted").toString())
                    .createOrReplaceTempView("counted");
            // What a stream has not yet given out are the windows that its watermark has not passed.
            Row windows = spark.sql("""
                            WITH again AS (
                              SELECT window(timestamp_seconds(number DIV 100), '10 seconds').start AS begins, producer,
                                     count(*) AS records, sum(number) AS total
                              FROM plain GROUP BY ALL)
                            SELECT (SELECT count(*) FROM counted),
                                   (SELECT count(DISTINCT begins, producer) FROM counted),
                                   (SELECT count(*) FROM counted c LEFT ANTI JOIN again a
                                      ON c.begins = a.begins AND c.producer = a.producer AND c.records = a.records AND c.total = a.total),
                                   (SELECT count(*) FROM again a LEFT ANTI JOIN counted c
                                      ON c.begins = a.begins AND c.producer = a.producer
                                    WHERE a.begins < (SELECT max(begins) FROM counted))
                            """).head();
            System.out.printf(
                    "kills: %d (%s), seed %d; records %,d, lost %d, repeated %d; windows %d, repeated %d, wrong %d, lost %d%n",
                    rounds,
                    moments,
                    seed,
                    expected,
                    expected - plain.getLong(1),
                    plain.getLong(0) - plain.getLong(1),
                    windows.getLong(0),
                    windows.getLong(0) - windows.getLong(1),
                    windows.getLong(2),
                    windows.getLong(3));
            String repeat = "with -Dodibi.kill.seed=" + seed;
            assertThat(plain.getLong(1)).as("records that landed, " + repeat).isEqualTo(expected);
            assertThat(plain.getLong(0)).as("rows, " + repeat).isEqualTo(expected);
            assertThat(plain.getLong(2))
                    .as("records that nobody sent, " + repeat)
                    .isZero();
            assertThat(windows.getLong(0)).as("windows, " + repeat).isPositive().isEqualTo(windows.getLong(1));
            assertThat(windows.getLong(2))
                    .as("windows that differ from a batch, " + repeat)
                    .isZero();
            assertThat(windows.getLong(3))
                    .as("windows that are missing, " + repeat)
                    .isZero();
        }
    }

    /** Some 400 records of each producer in a second; what is counted as sent was acknowledged. */
    private void produce() {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all");
        try (KafkaProducer<String, String> kafka =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            while (producing.get()) {
                long first = sent.get();
                for (long number = first; number < first + 40; number++) {
                    for (int who = 0; who < PRODUCERS; who++) {
                        var unused =
                                kafka.send(new ProducerRecord<>("events", "producer" + who, Long.toString(number)));
                    }
                }
                kafka.flush();
                sent.set(first + 40);
                TimeUnit.MILLISECONDS.sleep(100);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private long commits(String node) {
        return newest(node, "commits");
    }

    private long newest(String node, String log) {
        Path entries = folder.resolve("lake/_odibi/kill/checkpoints/kill")
                .resolve(node)
                .resolve(log);
        if (!Files.isDirectory(entries)) {
            return -1;
        }
        try (Stream<Path> files = Files.list(entries)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\d+"))
                    .mapToLong(Long::parseLong)
                    .max()
                    .orElse(-1);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private Process odibi(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(ODIBI.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("run.log").toFile());
        builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
        builder.environment().put("ODIBI_JAVA_OPTS", "-Xmx1g");
        Process process = builder.start();
        processes.add(process);
        return process;
    }
}
