package io.odibi.cli.demo;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.jspecify.annotations.Nullable;

/**
 * A real Apache Kafka broker (KRaft, one node) in a JVM of its own, on free ports of 127.0.0.1.
 *
 * <p>The broker's jars never meet Spark's: they are a folder, given to the child JVM as its class path. The broker keeps
 * its ports and its data across {@link #stop()} or {@link #kill()} and the next {@link #start()}, so that clients can live
 * through a restart. It ends when this JVM ends, even by {@code kill -9}; nothing is left behind but the directory.
 *
 * <p>One thread starts it; any thread may stop, kill or close it, also while it starts. Whoever made it owns it and
 * closes it.
 */
public final class LocalKafkaBroker implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(10);
    private static final Duration LOOK_LIMIT = Duration.ofSeconds(2);
    private static final Duration TOPIC_LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(25);
    private static final int PORT_ATTEMPTS = 5;
    // Kafka's own words; what the system says after them is in the user's language.
    private static final String PORT_TAKEN = "Socket server failed to bind";
    private static final Pattern LOGGED_EXCEPTION = Pattern.compile(
            "(?:Exception in thread \\S+ |Caused by: )?(?:\\w+\\.)+(?<type>\\w+(?:Exception|Error)): (?<message>.+)");
    private static final int LOG_TAIL_LINES = 20;

    // Below the ports that Linux, macOS and Windows hand out by themselves: none of Spark's own sockets can take a port
    // while the broker is down, and no client that reconnects to a dead port can meet itself there.
    private static final int LOWEST_PORT = 20_000;
    private static final int PORT_BOUND = 32_000;

    private final Path brokerJars;
    private final Path directory;
    private final String clusterId = newClusterId();
    private final Object lock = new Object();

    private volatile @Nullable Ports ports;
    private @Nullable Process process;
    private boolean closed;

    private LocalKafkaBroker(Path brokerJars, Path directory) {
        this.brokerJars = brokerJars;
        this.directory = directory;
    }

    /**
     * Describes a broker; nothing starts and nothing is written yet.
     *
     * @param brokerJars a folder that holds Kafka's server and everything that it needs, as jars
     * @param directory where the broker keeps its data, its configuration and its log; made if absent, never removed
     */
    public static LocalKafkaBroker in(Path brokerJars, Path directory) {
        return new LocalKafkaBroker(
                requireNonNull(brokerJars, "brokerJars").toAbsolutePath(),
                requireNonNull(directory, "directory").toAbsolutePath());
    }

    /**
     * Starts the broker and returns when it answers requests, after a minute at most.
     *
     * @throws DemoException if it does not start; nothing is left running then
     */
    public void start() throws InterruptedException {
        requireJars();
        Ports known = ports;
        if (known != null) {
            start(known);
            return;
        }
        Path data = directory.resolve("data");
        if (Files.exists(data)) {
            throw new DemoException(
                    "cannot start Kafka: '" + data + "' belongs to another broker; use an empty folder");
        }
        for (int attempt = 1; ; attempt++) {
            Ports free = Ports.free();
            try {
                start(free);
                ports = free;
                return;
            } catch (DemoException e) {
                // Someone took the port between our look and the broker's bind.
                if (attempt == PORT_ATTEMPTS || !isPortTaken(e)) {
                    throw e;
                }
            }
        }
    }

    /** The broker's address, {@code host:port}; the same after every restart. */
    public String bootstrapServers() {
        Ports known = ports;
        if (known == null) {
            throw new IllegalStateException("the broker has not started yet");
        }
        return known.bootstrapServers();
    }

    /** Whether the broker's process is there. */
    public boolean isRunning() {
        synchronized (lock) {
            return process != null && process.isAlive();
        }
    }

    /** The file that the broker logs to; each start begins it anew. */
    public Path log() {
        return directory.resolve("broker.log");
    }

    /**
     * Creates a topic and returns when each of its partitions has a leader. The broker makes no topic by itself.
     *
     * @throws DemoException if the topic is there already, or the broker does not answer
     */
    public void createTopic(String name, int partitions) throws InterruptedException {
        requireNonNull(name, "name");
        String action = "cannot create topic '" + name + "'";
        try (Admin admin = admin(bootstrapServers())) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get();
            long deadline = System.nanoTime() + TOPIC_LIMIT.toNanos();
            while (!isLed(admin, name, partitions)) {
                if (hasEnded(current(action)) || System.nanoTime() > deadline) {
                    throw new DemoException(action + ": its partitions have no leader", logTail());
                }
            }
        } catch (ExecutionException e) {
            throw new DemoException(action + ": " + reason(e), e.getCause() == null ? e : e.getCause());
        }
    }

    /** Stops the broker as an operator would: it closes its files, then ends; killed if that takes too long. */
    public void stop() {
        Process broker = release();
        if (broker != null) {
            broker.destroy();
            awaitEnd(broker);
        }
    }

    /** Ends the broker at once, as a crash would, and returns when it is gone. */
    public void kill() {
        Process broker = release();
        if (broker != null) {
            broker.destroyForcibly();
            awaitEnd(broker);
        }
    }

    /** Stops the broker for good. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        stop();
    }

    private void start(Ports chosen) throws InterruptedException {
        Process broker = launch(chosen);
        boolean serving = false;
        try {
            awaitServing(broker, chosen);
            serving = true;
        } finally {
            if (!serving) {
                kill();
            }
        }
    }

    private Process launch(Ports chosen) {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("server.properties"), properties(chosen));
            ProcessBuilder builder = new ProcessBuilder(command())
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log().toFile());
            // What was meant for this JVM (agents, debug ports, heap) must not reach the broker's.
            builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
            synchronized (lock) {
                if (closed) {
                    throw new IllegalStateException("the broker is closed");
                }
                if (process != null && process.isAlive()) {
                    throw new IllegalStateException("the broker is running");
                }
                Process started = builder.start();
                process = started;
                return started;
            }
        } catch (IOException e) {
            throw new DemoException("cannot start Kafka: " + reason(e), e);
        }
    }

    private List<String> command() throws IOException {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
                "-cp",
                mainClassFolder() + File.pathSeparator + brokerJars.resolve("*"),
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

    private static String properties(Ports ports) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                controller.listener.names=CONTROLLER
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
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
                """.formatted(ports.broker(), ports.controller());
    }

    private void awaitServing(Process broker, Ports chosen) throws InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        // A client that finds no listener logs a warning at each attempt, so it is made only when there is one.
        while (!accepts(chosen.broker())) {
            awaitNextLook(broker, deadline);
        }
        try (Admin admin = admin(chosen.bootstrapServers())) {
            while (!serves(admin)) {
                awaitNextLook(broker, deadline);
            }
        }
    }

    private void awaitNextLook(Process broker, long deadline) throws InterruptedException {
        if (broker.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
            throw startFailure(broker);
        }
        if (System.nanoTime() > deadline) {
            throw new DemoException(
                    "cannot start Kafka: it answered no request within " + START_LIMIT.toSeconds()
                            + " seconds; its log is '" + log() + "'",
                    logTail());
        }
    }

    private DemoException startFailure(Process broker) {
        synchronized (lock) {
            if (process != broker) {
                return new DemoException("cannot start Kafka: it was stopped while it started");
            }
        }
        return new DemoException(
                "cannot start Kafka: " + mainLine(logLines()) + "; its log is '" + log() + "'", logTail());
    }

    private static boolean isPortTaken(DemoException failure) {
        String message = failure.getMessage();
        return message != null && message.contains(PORT_TAKEN);
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(loopback(), port), Math.toIntExact(LOOK_LIMIT.toMillis()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    // Another cluster's answer means that its broker took our port first; ours is about to fail at it.
    private boolean serves(Admin admin) throws InterruptedException {
        try {
            DescribeClusterResult cluster = admin.describeCluster(
                    new DescribeClusterOptions().timeoutMs(Math.toIntExact(LOOK_LIMIT.toMillis())));
            return clusterId.equals(cluster.clusterId().get())
                    && !cluster.nodes().get().isEmpty();
        } catch (ExecutionException e) {
            return false;
        }
    }

    private static boolean isLed(Admin admin, String topic, int partitions) throws InterruptedException {
        try {
            TopicDescription description = requireNonNull(
                    admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic));
            return description.partitions().size() == partitions
                    && description.partitions().stream()
                            .allMatch(each ->
                                    each.leader() != null && !each.leader().isEmpty());
        } catch (ExecutionException e) {
            return false;
        }
    }

    // Not InetAddress.getLoopbackAddress(), which is ::1 in a JVM that prefers IPv6.
    private static InetAddress loopback() throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    private static boolean hasEnded(Process broker) throws InterruptedException {
        return broker.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Admin admin(String bootstrapServers) {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(REQUEST_LIMIT.toMillis()),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(REQUEST_LIMIT.toMillis())));
    }

    private Process current(String action) {
        synchronized (lock) {
            if (process == null) {
                throw new DemoException(action + ": the broker is not running");
            }
            return process;
        }
    }

    private @Nullable Process release() {
        synchronized (lock) {
            Process released = process;
            process = null;
            return released;
        }
    }

    private static void awaitEnd(Process broker) {
        try {
            if (broker.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        broker.destroyForcibly().onExit().join();
    }

    private void requireJars() {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(brokerJars, "kafka_*.jar")) {
            if (!jars.iterator().hasNext()) {
                throw new DemoException("cannot start Kafka: '" + brokerJars + "' has no kafka_*.jar");
            }
        } catch (IOException e) {
            throw new DemoException("cannot start Kafka: cannot read the folder '" + brokerJars + "'", e);
        }
    }

    private List<String> logTail() {
        List<String> lines = logLines();
        return lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size());
    }

    private List<String> logLines() {
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

    private static String reason(Exception exception) {
        Throwable cause = exception instanceof ExecutionException && exception.getCause() != null
                ? exception.getCause()
                : exception;
        String message = cause.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    // Kafka's own form: the 16 bytes of a UUID as 22 characters of URL-safe base64. One that starts with a hyphen would
    // read as an option on the formatting tool's command line.
    private static String newClusterId() {
        String id;
        do {
            UUID uuid = UUID.randomUUID();
            byte[] bytes = ByteBuffer.allocate(16)
                    .putLong(uuid.getMostSignificantBits())
                    .putLong(uuid.getLeastSignificantBits())
                    .array();
            id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        } while (id.startsWith("-"));
        return id;
    }

    private record Ports(int broker, int controller) {
        static Ports free() {
            try (ServerSocket broker = bindFree();
                    ServerSocket controller = bindFree()) {
                return new Ports(broker.getLocalPort(), controller.getLocalPort());
            } catch (IOException e) {
                throw new DemoException("cannot start Kafka: no free port on 127.0.0.1", e);
            }
        }

        private static ServerSocket bindFree() throws IOException {
            IOException last = new IOException("no port tried");
            for (int attempt = 0; attempt < 100; attempt++) {
                int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, PORT_BOUND);
                try {
                    return new ServerSocket(port, 1, loopback());
                } catch (IOException e) {
                    last = e;
                }
            }
            throw last;
        }

        String bootstrapServers() {
            return "127.0.0.1:" + broker;
        }
    }
}
