package io.odibi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The unpacked distribution as people use it: processes of their own, from a folder with a blank in its name. */
@Timeout(240)
class DistributionIT {

    private static final String STREAM = """
            project: ticks
            connections:
              lake: {type: local, base_path: ./data}
            pipelines:
              - pipeline: live
                nodes:
                  - name: ticks
                    streaming: {enabled: true, trigger: "1 second"}
                    read: {format: rate, options: {rowsPerSecond: 50}}
                    write: {connection: lake, format: delta, table: ticks}
            """;

    private Path folder;
    private Path out;
    private Path err;
    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void makeFolder(@TempDir Path temporary) throws IOException {
        folder = Files.createDirectory(temporary.resolve("a folder"));
        out = temporary.resolve("out.txt");
        err = temporary.resolve("err.txt");
    }

    @AfterEach
    void endProcesses() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void landsEveryEventOfTheDemoExactlyOnce() throws Exception {
        assertThat(odibi("demo", "--events", "600", "--dir", "demo files"))
                .as(this::everything)
                .isZero();

        assertThat(Files.readString(out))
                .contains("every published event is in the table exactly once")
                .containsPattern("all +600 +600 +600\n")
                .contains(folder.toRealPath()
                        .resolve("demo files/lake/events_stream")
                        .toString());
        assertThat(Files.readString(err)).isEmpty();
        assertThat(folder.resolve("demo files/lake/events_stream/_delta_log")).isDirectory();
        assertThat(folder.resolve("demo files/broker/broker.log")).isNotEmptyFile();
        assertThat(folder.resolve("demo files/scratch")).doesNotExist();
    }

    @Test
    void commitsTheBatchInHandWhenTheProcessIsTerminated() throws Exception {
        Files.writeString(folder.resolve("project.yaml"), STREAM);
        Process run = start("run", "project.yaml");
        await().atMost(Duration.ofMinutes(2)).until(() -> Files.readString(out).contains(" batch 1:"));

        run.destroy();

        assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).as(this::everything).isEqualTo(130);
        assertThat(Files.readString(out)).contains(" draining: ").containsPattern("live.ticks +stopped");
        assertThat(Files.readString(err)).as("what Spark logs").isEmpty();
        assertThat(folder.resolve("data/_odibi/ticks/checkpoints/live/ticks/commits/1"))
                .exists();
    }

    @Test
    void tellsFaultsWithoutNoise() throws Exception {
        Files.writeString(folder.resolve("project.yaml"), STREAM.replace("trigger", "triger"));

        assertThat(odibi("validate", "project.yaml")).as(this::everything).isEqualTo(2);

        assertThat(Files.readString(out))
                .startsWith("project.yaml:8:")
                .contains("unknown key 'triger' [CONFIG_UNKNOWN_KEY]")
                .contains("did you mean 'trigger'?");
        assertThat(Files.readString(err)).isEmpty();
    }

    @Test
    void describesWhatIsInstalledWithoutSpark() throws Exception {
        assertThat(odibi("connectors", "kafka")).as(this::everything).isZero();
        assertThat(Files.readString(out)).contains("bootstrap_servers");

        assertThat(odibi("schema")).as(this::everything).isZero();
        assertThat(Files.readString(out)).startsWith("{").contains("\"pipelines\"");
    }

    @ParameterizedTest
    @CsvSource({"11.0.2, needs Java 17", "1.8.0_402, needs Java 17", "25, Spark 3.5 does not run"})
    void refusesAJavaThatSparkDoesNotRunOn(String version, String told) throws Exception {
        Path home = folder.resolve("jdk");
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("bin/java"), "#!/bin/sh\nexit 99\n");
        assertThat(home.resolve("bin/java").toFile().setExecutable(true)).isTrue();
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");

        assertThat(odibi(Map.of("JAVA_HOME", home.toString()), "--version")).isEqualTo(3);

        assertThat(Files.readString(err))
                .startsWith("error: ")
                .contains(version)
                .contains(told)
                .hasLineCount(1);
    }

    @Test
    void tellsAJavaHomeWithoutJava() throws Exception {
        assertThat(odibi(Map.of("JAVA_HOME", "/nowhere at all"), "--version")).isEqualTo(3);
        assertThat(Files.readString(err)).startsWith("error: JAVA_HOME is '/nowhere at all'");
    }

    private int odibi(String... arguments) throws Exception {
        return odibi(Map.of(), arguments);
    }

    private int odibi(Map<String, String> variables, String... arguments) throws Exception {
        Process process = start(variables, arguments);
        assertThat(process.waitFor(200, TimeUnit.SECONDS)).as(this::everything).isTrue();
        return process.exitValue();
    }

    private Process start(String... arguments) throws IOException {
        return start(Map.of(), arguments);
    }

    private Process start(Map<String, String> variables, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(home().resolve("bin/odibi").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(variables);
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private String everything() {
        try {
            return Files.readString(out) + Files.readString(err);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    private static Path home() throws IOException {
        try (Stream<Path> built = Files.list(Path.of("target").toAbsolutePath())) {
            return built.filter(one -> Files.isExecutable(one.resolve("bin/odibi")))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
