package io.odibi.cli.demo;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a broker is started from and what it leaves: Kafka's jars, its configuration, its data and its log. */
record BrokerFiles(Path jars, Path directory, List<BrokerListener> more) {
    private static final Pattern LOGGED_EXCEPTION = Pattern.compile(
            "(?:Exception in thread \\S+ |Caused by: )?(?:\\w+\\.)+(?<type>\\w+(?:Exception|Error)): (?<message>.+)");
    private static final int LOG_TAIL_LINES = 20;

    /** The file that the broker logs to. */
    Path log() {
        return directory.resolve("broker.log");
    }

    /**
     * Says whether Kafka's jars are there.
     *
     * @throws DemoException if they are not
     */
    void requireJars() {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(jars, "kafka_*.jar")) {
            if (!found.iterator().hasNext()) {
                throw new DemoException("cannot start Kafka: '" + jars + "' has no kafka_*.jar");
            }
        } catch (IOException e) {
            throw new DemoException("cannot start Kafka: cannot read the folder '" + jars + "'", e);
        }
    }

    /**
     * Says whether the directory is free for a new broker.
     *
     * @throws DemoException if it holds another broker's data
     */
    void requireNoData() {
        Path data = directory.resolve("data");
        if (Files.exists(data)) {
            throw new DemoException(
                    "cannot start Kafka: '" + data + "' belongs to another broker; use an empty folder");
        }
    }

    /** Writes what a broker on these ports needs, and returns the command that starts it in {@link #directory()}. */
    List<String> prepare(BrokerPorts ports, String clusterId) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("server.properties"), properties(ports));
        return command(clusterId);
    }

    /** The end of the log, oldest line first. */
    List<String> logTail() {
        List<String> lines = lines();
        return lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size());
    }

    /** Why the broker ended, as far as its log tells, in one line. */
    String reasonOfEnd() {
        return mainLine(lines());
    }

    private List<String> command(String clusterId) throws IOException {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
                "-cp",
                mainClassFolder() + File.pathSeparator + jars.resolve("*"),
                BrokerMain.class.getName(),
                clusterId,
                "server.properties",
                Path.of("data", "meta.properties").toString());
    }

    // Our jar on the broker's class path would bring what its manifest names; one class file brings nothing.
    private Path mainClassFolder() throws IOException {
        Path folder = directory.resolve("launcher");
        Path file = folder.resolve(BrokerMain.class.getName().replace('.', '/') + ".class");
        Files.createDirectories(requireNonNull(file.getParent()));
        try (InputStream bytes = BrokerMain.class.getResourceAsStream("BrokerMain.class")) {
            Files.write(file, requireNonNull(bytes, "BrokerMain.class").readAllBytes());
        }
        return folder;
    }

    private String properties(BrokerPorts ports) throws IOException {
        String addresses = more.stream().map(one -> "," + one.address()).collect(Collectors.joining());
        String protocols = more.stream()
                .map(one -> "," + one.name() + ":" + one.protocol())
                .collect(Collectors.joining());
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                controller.listener.names=CONTROLLER
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d%3$s
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d%3$s
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT%4$s
                inter.broker.listener.name=PLAINTEXT
                # Relative to the working directory, because Kafka splits this setting at commas.
                log.dirs=data
                # Events may carry times of years ago and must stay.
                log.retention.ms=-1
                auto.create.topics.enable=false
                offsets.topic.num.partitions=1
                offsets.topic.replication.factor=1
                transaction.state.log.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                group.initial.rebalance.delay.ms=0
                # A killed broker is let in again only when its old session is over: 3 seconds, not 9.
                broker.session.timeout.ms=3000
                broker.heartbeat.interval.ms=500
                log.cleaner.dedupe.buffer.size=8388608
                """.formatted(ports.broker(), ports.controller(), addresses, protocols) + settingsOfMore();
    }

    private String settingsOfMore() throws IOException {
        Properties settings = new Properties();
        for (BrokerListener one : more) {
            String prefix = "listener.name." + one.name().toLowerCase(Locale.ROOT) + ".";
            one.settings().forEach((key, value) -> settings.setProperty(prefix + key, value));
        }
        StringWriter text = new StringWriter();
        settings.store(text, null);
        return text.toString();
    }

    private List<String> lines() {
        try {
            // The log may end within a character when the broker was killed, so it is not read as strict UTF-8.
            return new String(Files.readAllBytes(log()), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    // The first exception in the log is the cause; what follows is its echo on the way down.
    private static String mainLine(List<String> log) {
        for (String line : log) {
            Matcher exception = LOGGED_EXCEPTION.matcher(line);
            if (exception.matches()) {
                String message = exception.group("message").replaceFirst("\\.$", "");
                return message.contains(" ") ? message : exception.group("type") + ": " + message;
            }
        }
        return log.isEmpty() ? "it ended without a word" : log.get(log.size() - 1);
    }
}
