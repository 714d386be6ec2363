package io.odibi.cli.demo;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
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

    private final BrokerFiles files;
    private final String clusterId = newClusterId();
    private final Object lock = new Object();

    private volatile @Nullable BrokerPorts ports;
    private @Nullable Process process;
    private boolean closed;

    private LocalKafkaBroker(BrokerFiles files) {
        this.files = files;
    }

    /**
     * Describes a broker; nothing starts and nothing is written yet.
     *
     * @param brokerJars a folder that holds Kafka's server and everything that it needs, as jars
     * @param directory where the broker keeps its data, its configuration and its log; made if absent, never removed
     * @param more listeners beside the one that everybody may use
     */
    public static LocalKafkaBroker in(Path brokerJars, Path directory, BrokerListener... more) {
        return new LocalKafkaBroker(new BrokerFiles(
                requireNonNull(brokerJars, "brokerJars").toAbsolutePath(),
                requireNonNull(directory, "directory").toAbsolutePath(),
                List.of(more)));
    }

    /**
     * Starts the broker and returns when it answers requests, after a minute at most.
     *
     * @throws DemoException if it does not start; nothing is left running then
     */
    public void start() throws InterruptedException {
        files.requireJars();
        BrokerPorts known = ports;
        if (known != null) {
            start(known);
            return;
        }
        files.requireNoData();
        for (int attempt = 1; ; attempt++) {
            BrokerPorts free = BrokerPorts.free();
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
        BrokerPorts known = ports;
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
        return files.log();
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
                    throw new DemoException(action + ": its partitions have no leader", files.logTail());
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

    private void start(BrokerPorts chosen) throws InterruptedException {
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

    private Process launch(BrokerPorts chosen) {
        try {
            ProcessBuilder builder = new ProcessBuilder(files.prepare(chosen, clusterId))
                    .directory(files.directory().toFile())
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

    private void awaitServing(Process broker, BrokerPorts chosen) throws InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        // A client that finds no listener logs a warning at each attempt, so it is made only when there is one.
        while (!chosen.accepts()) {
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
                    files.logTail());
        }
    }

    private DemoException startFailure(Process broker) {
        synchronized (lock) {
            if (process != broker) {
                return new DemoException("cannot start Kafka: it was stopped while it started");
            }
        }
        return new DemoException(
                "cannot start Kafka: " + files.reasonOfEnd() + "; its log is '" + log() + "'", files.logTail());
    }

    private static boolean isPortTaken(DemoException failure) {
        String message = failure.getMessage();
        return message != null && message.contains(PORT_TAKEN);
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
}
