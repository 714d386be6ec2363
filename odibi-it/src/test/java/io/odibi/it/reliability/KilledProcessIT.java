package io.odibi.it.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.cli.demo.LocalKafkaBroker;
import io.odibi.it.process.Distribution;
import io.odibi.it.reliability.StreamFiles.Moment;
import io.odibi.it.reliability.StreamFiles.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code odibi run} processes that are ended at random moments while producers go on, most by SIGKILL, some by SIGTERM. Each record says
 * who made it and the how many-th it is, so that every loss and every repetition shows: in a table that takes records as they are, and in
 * one of counts in windows.
 *
 * <p>{@code -Dodibi.kill.seed=N} repeats the choices of a run that failed.
 */
class KilledProcessIT {

    /** Their triggers are longer than their micro-batches take, so that there is a time between two to be ended in. */
    private static final List<String> STREAMS = List.of("plain", "counted");

    private final long seed = Long.getLong("odibi.kill.seed", System.nanoTime() % 1_000_000);
    private final Random random = new Random(seed);
    private final Map<String, Map<Moment, Integer>> kills = STREAMS.stream()
            .collect(Collectors.toMap(
                    stream -> stream,
                    stream -> new EnumMap<>(
                            Map.of(Moment.STARTING, 0, Moment.IN_HAND, 0, Moment.IN_TABLE, 0, Moment.BETWEEN, 0))));
    private final List<Integer> codes = new ArrayList<>();
    private long startMillis = 8_000;
    private LocalKafkaBroker broker;
    private NumberedRecords records;
    private Distribution odibi;

    @TempDir
    Path folder;

    /** By which signal a run is ended. */
    private enum Signal {
        KILL,
        TERM
    }

    @BeforeEach
    void start() throws Exception {
        odibi = Distribution.in(folder);
        broker = LocalKafkaBroker.in(
                Distribution.HOME.resolve("broker"), Files.createDirectory(folder.resolve("broker")));
        broker.start();
        broker.createTopic("events", 2);
        Files.writeString(folder.resolve("project.yaml"), """
                project: kill
                spark: {spark.sql.shuffle.partitions: 2}
                connections:
                  kafka: {type: kafka, bootstrap_servers: "%s"}
                  lake: {type: local, base_path: %s}
                pipelines:
                  - pipeline: kill
                    nodes:
                      - name: plain
                        streaming: {trigger: 3 seconds}
                        read: {connection: kafka, format: kafka, options: {subscribe: events, startingOffsets: earliest, maxOffsetsPerTrigger: 5000}}
                        transform: {steps: ["SELECT CAST(key AS STRING) AS producer, CAST(CAST(value AS STRING) AS BIGINT) AS number FROM {input}"]}
                        write: {connection: lake, format: delta, table: plain}
                      - name: counted
                        streaming: {trigger: 4 seconds, watermark: "at, 5 seconds"}
                        read: {connection: kafka, format: kafka, options: {subscribe: events, startingOffsets: earliest, maxOffsetsPerTrigger: 5000}}
                        transform:
                          steps:
                            - SELECT CAST(key AS STRING) AS producer, CAST(CAST(value AS STRING) AS BIGINT) AS number FROM {input}
                            - SELECT *, %s AS at FROM {input}
                            - %s
                        write: {connection: lake, format: delta, table: counted}
                """.formatted(
                        broker.bootstrapServers(), folder.resolve("lake"), Landed.AT, Landed.COUNTED));
    }

    @AfterEach
    void stop() throws Exception {
        odibi.close();
        if (records != null) {
            records.end();
        }
        broker.close();
    }

    @Test
    @Timeout(300)
    void losesAndRepeatsNothingOverAFewSignals() throws Exception {
        endAndCompare(3, 1);
    }

    @Test
    @Tag("heavy")
    @Timeout(1800)
    void losesAndRepeatsNothingOverManySignals() throws Exception {
        endAndCompare(20, 6);

        for (String stream : STREAMS) {
            assertThat(kills.get(stream))
                    .as("kills of '%s' before, during and after a micro-batch", stream)
                    .allSatisfy((moment, times) -> assertThat(moment == Moment.IN_TABLE || times > 0)
                            .as(moment.toString())
                            .isTrue());
        }
    }

    private void endAndCompare(int killed, int terminated) throws Exception {
        List<Signal> signals = new ArrayList<>(Collections.nCopies(killed, Signal.KILL));
        signals.addAll(Collections.nCopies(terminated, Signal.TERM));
        Collections.shuffle(signals, random);
        records = NumberedRecords.into(broker.bootstrapServers(), "events");
        int round = 0;
        for (Signal signal : signals) {
            // The kinds of moments in turn; which of the two streams is looked at, and how long after, is left to
            // chance.
            Moment aim =
                    List.of(Moment.STARTING, Moment.IN_HAND, Moment.BETWEEN).get(round++ % 3);
            end(signal, aim, STREAMS.get(random.nextInt(STREAMS.size())));
        }
        long sent = records.end();
        Process last = odibi.start(
                "last", "run", folder.resolve("project.yaml").toString(), "--master", "local[2]", "--until-caught-up");
        assertThat(last.waitFor(180, TimeUnit.SECONDS)).isTrue();
        assertThat(last.exitValue()).as(odibi.log("last")).isZero();

        Landed landed = Landed.compare(folder.resolve("lake"), NumberedRecords.PRODUCERS, sent);

        System.out.printf(
                "seed %d: %d runs killed %s, %d terminated with exit codes %s%n%s%n",
                seed, killed, kills, terminated, codes, landed);
        landed.assertExactlyOnce("with -Dodibi.kill.seed=" + seed);
    }

    /** Starts a run, and ends it when a stream seems to be at such a moment. */
    private void end(Signal signal, Moment aim, String watched) throws Exception {
        Map<String, Progress> before = STREAMS.stream()
                .collect(Collectors.toMap(
                        stream -> stream, stream -> files(stream).progress()));
        long began = System.nanoTime();
        Process run = odibi.start("run", "run", folder.resolve("project.yaml").toString(), "--master", "local[2]");
        if (aim == Moment.STARTING) {
            pause(run, random.nextInt((int) startMillis));
        } else {
            awaitMoment(
                    run,
                    60,
                    () -> files(watched).progress().over() > before.get(watched).over());
            startMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            pause(run, random.nextInt(2_000));
            awaitMoment(run, 20, () -> files(watched).progress().since(before.get(watched)) == aim);
            pause(run, random.nextInt(100));
        }
        if (signal == Signal.KILL) {
            run.destroyForcibly().waitFor();
            STREAMS.forEach(stream ->
                    kills.get(stream).merge(files(stream).progress().since(before.get(stream)), 1, Integer::sum));
        } else {
            run.destroy();
            assertThat(run.waitFor(60, TimeUnit.SECONDS)).as(odibi.log("run")).isTrue();
            codes.add(run.exitValue());
            assertEndsWell(run);
        }
    }

    private void assertEndsWell(Process run) throws Exception {
        String said = odibi.log("run");
        // 143 is the JVM's own, before Odibi has begun to hear signals.
        assertThat(run.exitValue()).as(said).isIn(130, 143);
        assertThat(said).doesNotContain("Exception", "\tat ", "WARN", "ERROR");
        if (said.contains(" draining: ")) {
            for (String stream : STREAMS) {
                Progress progress = files(stream).progress();
                assertThat(progress.begun())
                        .as("micro-batches of '%s' in %s", stream, said)
                        .isEqualTo(progress.over());
            }
        }
    }

    /** Waits until a moment has come, that many seconds at most: a machine may be too slow to have such moments. */
    private void awaitMoment(Process run, int seconds, BooleanSupplier come) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!come.getAsBoolean() && System.nanoTime() < end) {
            pause(run, 5);
        }
    }

    private void pause(Process run, int millis) throws Exception {
        assertThat(run.waitFor(millis, TimeUnit.MILLISECONDS))
                .as(() -> "the run ended by itself: " + log())
                .isFalse();
    }

    private String log() {
        try {
            return odibi.log("run");
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    private StreamFiles files(String stream) {
        return new StreamFiles(
                folder.resolve("lake/_odibi/kill/checkpoints/kill").resolve(stream),
                folder.resolve("lake").resolve(stream));
    }
}
