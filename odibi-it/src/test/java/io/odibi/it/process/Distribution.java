package io.odibi.it.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The distribution that the build has made, as people use it: each command a process of its own. Its state lies in the test's folder, so
 * that no run of somebody else is seen. Used by one thread; closing it kills what still runs.
 */
public final class Distribution implements AutoCloseable {

    /** Where it is. */
    public static final Path HOME = Path.of(System.getProperty("odibi.home"));

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Path folder;
    private final Map<String, String> variables = new TreeMap<>();
    private final List<Process> processes = new ArrayList<>();

    private Distribution(Path folder) {
        this.folder = folder;
        with("XDG_STATE_HOME", folder.resolve("state").toString());
        javaOptions("");
    }

    /**
     * What a command said and how it ended.
     *
     * @param code its exit code
     * @param out standard output
     * @param err standard error
     * @param took from its start to its end
     */
    public record Answer(int code, String out, String err, Duration took) {}

    /** The distribution, with its state and the logs of its processes in a folder. */
    public static Distribution in(Path folder) {
        return new Distribution(folder);
    }

    /** Sets a variable of the environment of all processes from now on. */
    public Distribution with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    /** Adds options of the JVM to those that make tests start fast. */
    public Distribution javaOptions(String options) {
        return with("ODIBI_JAVA_OPTS", "-Xmx1g -XX:TieredStopAtLevel=1 " + options);
    }

    /** Starts a command that goes on; all that it says is in {@link #log}. */
    public Process start(String log, String... arguments) throws IOException {
        return started(builder(arguments).redirectErrorStream(true).redirectOutput(logFile(log)));
    }

    /** What a started command has said so far. */
    public String log(String log) throws IOException {
        return Files.readString(logFile(log).toPath());
    }

    /** Carries out a command, two minutes at most. */
    public Answer run(String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        long began = System.nanoTime();
        Process process =
                started(builder(arguments).redirectOutput(out.toFile()).redirectError(err.toFile()));
        boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertThat(ended)
                .as(() -> String.join(" ", arguments) + " still goes on: " + text(out) + text(err))
                .isTrue();
        return new Answer(process.exitValue(), text(out), text(err), took);
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
    }

    private ProcessBuilder builder(String... arguments) {
        List<String> command = new ArrayList<>(List.of(HOME.resolve("bin/odibi").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(variables);
        return builder;
    }

    private Process started(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private File logFile(String log) {
        return folder.resolve(log + ".log").toFile();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
