package io.odibi.monitoring.runs;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * A run that is to be found here.
 *
 * @param run which run
 * @param socket where its control channel listens
 * @param file the file that says so
 */
public record Registration(RunDescription run, Path socket, Path file) {

    /** What the file says. */
    String text(Instant processStart) {
        Properties lines = new Properties();
        lines.setProperty("run", run.runId());
        lines.setProperty("project", run.project());
        lines.setProperty("pid", Long.toString(run.pid()));
        lines.setProperty("host", run.host());
        lines.setProperty("started", run.started().toString());
        lines.setProperty("process_started", processStart.toString());
        lines.setProperty("socket", socket.toString());
        StringWriter text = new StringWriter();
        try {
            lines.store(text, null);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        // Without the date that java.util.Properties puts on top.
        return text.toString()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /**
     * A file that was read.
     *
     * @param registration what it says
     * @param process the process that wrote it
     */
    record Entry(Registration registration, LocalProcess process) {}

    /** Reads what {@link #text} wrote; empty if it is something else. */
    static Optional<Entry> parse(String text, Path file) {
        Properties lines = new Properties();
        try {
            lines.load(new StringReader(text));
            String host = lines.getProperty("host", "");
            RunDescription run = new RunDescription(
                    lines.getProperty("run", ""),
                    lines.getProperty("project", ""),
                    Long.parseLong(lines.getProperty("pid", "")),
                    host,
                    Instant.parse(lines.getProperty("started", "")));
            Path socket = Path.of(lines.getProperty("socket", ""));
            Instant start = Instant.parse(lines.getProperty("process_started", ""));
            return socket.isAbsolute()
                    ? Optional.of(
                            new Entry(new Registration(run, socket, file), new LocalProcess(run.pid(), start, host)))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException | DateTimeException other) {
            return Optional.empty();
        }
    }
}
