package io.odibi.it.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.cli.demo.LocalKafkaBroker;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kafka to Delta, by Odibi and by {@link HandWrittenJob}, turn about on the same topic in the same run: from the start of the process to
 * the first committed micro-batch, and the rate of the micro-batches after it. Prints medians and their ratio; asserts only that both did
 * the work, since a figure of one machine is no pass mark for another.
 */
@Tag("heavy")
class KafkaToDeltaBenchmarkIT {

    private static final int ROUNDS = Integer.getInteger("odibi.bench.rounds", 3);
    private static final int EVENTS = Integer.getInteger("odibi.bench.events", 1_000_000);
    private static final int PER_TRIGGER = EVENTS / 10;
    private static final Path HOME = Path.of(System.getProperty("odibi.home"));

    /** What one run took. */
    private record Measured(double secondsToFirstCommit, double eventsPerSecond) {}

    /** As {@code ./odibi} does after each build: a distribution that is used has its class-data archive. */
    @BeforeAll
    static void trainTheDistribution() throws Exception {
        if (!Files.isDirectory(HOME.resolve("cds"))) {
            Process training = new ProcessBuilder(HOME.resolve("bin/odibi-cds").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(training.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(training.exitValue()).isZero();
        }
    }

    @Test
    void showsOdibiBesideAHandWrittenJob(@TempDir Path directory) throws Exception {
        try (LocalKafkaBroker broker = LocalKafkaBroker.in(HOME.resolve("broker"), directory.resolve("broker"))) {
            broker.start();
            broker.createTopic("bench", 4);
            publish(broker.bootstrapServers());
            List<Measured> byHand = new ArrayList<>();
            List<Measured> byOdibi = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                Path hand = directory.resolve("hand-" + round);
                byHand.add(measure(handWritten(broker.bootstrapServers(), hand), Map.of(), hand));
                Path odibi = directory.resolve("odibi-" + round);
                byOdibi.add(measure(odibi(), variables(broker.bootstrapServers(), odibi), odibi));
            }
            report(byHand, byOdibi);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // closing the producer waits for all
    private static void publish(String bootstrapServers) {
        Random random = new Random(1);
        String[] types = {"earthquake", "explosion", "quarry blast"};
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "linger.ms",
                20,
                "batch.size",
                131_072,
                "compression.type",
                "lz4");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < EVENTS; i++) {
                String value = String.format(
                        Locale.ROOT,
                        "{\"id\":\"%08d\",\"event_type\":\"%s\",\"event_time\":\"2018-01-31T02:%02d:%02d.235Z\","
                                + "\"magnitude\":%.2f,\"place\":\"%d km WNW of Skagway, Alaska\",\"network\":\"ak\","
                                + "\"status\":\"automatic\",\"significance\":%d}",
                        i,
                        types[random.nextInt(types.length)],
                        i / 60 % 60,
                        i % 60,
                        random.nextDouble() * 9,
                        random.nextInt(300),
                        random.nextInt(1000));
                producer.send(new ProducerRecord<>("bench", value));
            }
        }
    }

    private static List<String> handWritten(String bootstrapServers, Path lake) {
        // Spark's Guava lies in lib/, in the version that Guice brings.
        String classPath =
                String.join(File.pathSeparator, HOME.resolve("spark") + "/*", HOME.resolve("lib") + "/*", ownClasses());
        List<String> command = new ArrayList<>(List.of(java(), "-Xmx2g"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--add-opens") || flag.startsWith("-Djdk.reflect"))
                .forEach(command::add);
        command.addAll(List.of(
                "-cp",
                classPath,
                HandWrittenJob.class.getName(),
                bootstrapServers,
                lake.toString(),
                String.valueOf(PER_TRIGGER)));
        return command;
    }

    private static List<String> odibi() throws Exception {
        Path project = Path.of(
                KafkaToDeltaBenchmarkIT.class.getResource("/bench/project.yaml").toURI());
        return List.of(HOME.resolve("bin/odibi").toString(), "run", project.toString());
    }

    private static Map<String, String> variables(String bootstrapServers, Path lake) {
        return Map.of(
                "KAFKA_BOOTSTRAP", bootstrapServers,
                "LAKE", lake.toString(),
                "PER_TRIGGER", String.valueOf(PER_TRIGGER));
    }

    private static Measured measure(List<String> command, Map<String, String> variables, Path lake) throws Exception {
        Path log = lake.resolveSibling(lake.getFileName() + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(variables);
        long began = System.currentTimeMillis();
        Process process = builder.start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES))
                    .as("%s ends", command.get(0))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        List<FileTime> commits = new ArrayList<>();
        for (int batch = 0; Files.exists(commit(lake, batch)); batch++) {
            commits.add(Files.getLastModifiedTime(commit(lake, batch)));
        }
        assertThat(commits).as("micro-batches").hasSizeGreaterThanOrEqualTo(10);
        double first = (commits.get(0).toMillis() - began) / 1000.0;
        double steady = (commits.get(9).toMillis() - commits.get(0).toMillis()) / 1000.0;
        return new Measured(first, 9.0 * PER_TRIGGER / steady);
    }

    private static Path commit(Path lake, int batch) {
        return lake.resolve("checkpoint/commits/" + batch);
    }

    private static void report(List<Measured> byHand, List<Measured> byOdibi) throws IOException {
        double[] hand = medians(byHand);
        double[] odibi = medians(byOdibi);
        String table = String.format(
                Locale.ROOT,
                """
                Kafka -> Delta, %,d events in 10 micro-batches, medians of %d runs turn about
                                           by hand     Odibi   ratio
                first commit, s         %10.1f %9.1f %6.2fx sooner
                then events per second  %,10.0f %,9.0f %6.2fx as fast
                all runs, by hand: %s
                all runs, Odibi:   %s
                """,
                EVENTS,
                ROUNDS,
                hand[0],
                odibi[0],
                hand[0] / odibi[0],
                hand[1],
                odibi[1],
                odibi[1] / hand[1],
                byHand,
                byOdibi);
        Path report = Path.of("target", "benchmark.txt");
        Files.createDirectories(report.toAbsolutePath().getParent());
        Files.writeString(report, table);
        System.out.println(table);
    }

    private static double[] medians(List<Measured> runs) {
        return new double[] {
            median(runs.stream().mapToDouble(Measured::secondsToFirstCommit).toArray()),
            median(runs.stream().mapToDouble(Measured::eventsPerSecond).toArray())
        };
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static String ownClasses() {
        return Path.of(HandWrittenJob.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
