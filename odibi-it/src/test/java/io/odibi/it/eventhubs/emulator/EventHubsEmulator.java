package io.odibi.it.eventhubs.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.message.Message;

/**
 * A namespace of Event Hubs on a loopback address: AMQP 1.0 over TLS on port 5671, which the clients take no other for, and without TLS
 * on 5672. It holds its events in memory. Any thread may use it; all of its threads are daemons and end with {@link #close()}. Whoever
 * starts it closes it.
 *
 * <p>Like the service, it checks the signature and the expiry of each token, and closes links whose token has run out; starts receivers
 * by offset, sequence number or time and refuses those beyond the end; lets an equal or higher epoch take a partition, and five readers
 * without epoch share one; tells receivers what their partition holds; takes batches as a whole into one partition, which it finds by
 * the service's own hash of the key; tells senders of its limit of one mebibyte a message; and says no in the service's words.
 *
 * <p>Unlike the service, it knows one key, which is good for everything: listening, sending and managing are not told apart. It has no
 * Azure AD, no web sockets, no Kafka endpoint, no publisher names and sequence numbers of publishers, no capture and no geo-replication.
 * Nothing is throttled and nothing expires unless a test asks for it, and links that nobody uses stay open. Of selectors it knows the
 * single comparisons that the clients make.
 */
public final class EventHubsEmulator implements AutoCloseable {

    private static final int TLS_PORT = 5671;
    private static final int PLAIN_PORT = 5672;
    private static final int ADDRESSES = 30;

    private final String address;
    private final TlsIdentity identity;
    private final Namespace namespace;
    private final Connections connections;
    private final Listener tls;
    private final Listener plain;
    private final Faults faults;

    private EventHubsEmulator(Ports ports, TlsIdentity identity, ThreadFactory threads, Clock clock) {
        this.address = ports.address();
        this.identity = identity;
        this.namespace = new Namespace(address, SharedAccessKey.random(), clock);
        this.connections = new Connections(threads);
        this.tls = ports.tls();
        this.plain = ports.plain();
        this.faults = new Faults(connections, this::refuse, this::accept);
    }

    /** Starts one on the first loopback address, 127.0.0.1 and up, whose ports nobody has; its certificate lies in a folder. */
    public static EventHubsEmulator start(Path folder) throws IOException, InterruptedException {
        return start(folder, Clock.systemUTC());
    }

    /** Starts one that has its own idea of the time, by which tokens run out and events arrive. */
    static EventHubsEmulator start(Path folder, Clock clock) throws IOException, InterruptedException {
        IOException none = new IOException("no loopback address has port 5671 and 5672 free");
        for (int i = 1; i <= ADDRESSES; i++) {
            try {
                return start(folder, "127.0.0." + i, clock);
            } catch (PortsTakenException taken) {
                none.addSuppressed(taken);
            }
        }
        throw none;
    }

    /**
     * Starts one on a loopback address.
     *
     * @param folder where its certificate lies
     * @param address in numbers
     * @throws IOException if one of the ports is taken there
     */
    public static EventHubsEmulator start(Path folder, String address) throws IOException, InterruptedException {
        return start(folder, address, Clock.systemUTC());
    }

    private static EventHubsEmulator start(Path folder, String address, Clock clock)
            throws IOException, InterruptedException {
        ThreadFactory threads = task -> {
            Thread thread = new Thread(task, "event-hubs-emulator-" + address);
            thread.setDaemon(true);
            return thread;
        };
        Ports ports = Ports.take(address, threads);
        try {
            EventHubsEmulator emulator = new EventHubsEmulator(ports, TlsIdentity.in(folder, address), threads, clock);
            emulator.accept();
            return emulator;
        } catch (IOException | InterruptedException failed) {
            ports.tls().close();
            ports.plain().close();
            throw failed;
        }
    }

    /** Makes a hub with partitions 0, 1 and so on, and with these consumer groups beside {@code $Default}. */
    public void createHub(String name, int partitions, String... consumerGroups) {
        namespace.create(name, partitions, List.of(consumerGroups));
    }

    /** The connection string to a hub, which may be one that is not there. */
    public String connectionString(String hub) {
        return connectionString(hub, namespace.key());
    }

    /** The connection string to a hub, with a key that does not fit. */
    public String connectionStringWithWrongKey(String hub) {
        return connectionString(hub, SharedAccessKey.random());
    }

    /** The connection string to a hub without TLS; only newer clients know how. */
    public String plainConnectionString(String hub) {
        return connectionString(hub) + ";UseDevelopmentEmulator=true";
    }

    /** A PKCS12 file with the certificate that a client has to trust. */
    public Path trustStore() {
        return identity.trustStore();
    }

    /** The password of the trust store. */
    public String trustStorePassword() {
        return TlsIdentity.PASSWORD;
    }

    /** Options for a JVM whose clients shall trust this emulator; it trusts nobody else then. */
    public List<String> trustOptions() {
        return List.of(
                "-Djavax.net.ssl.trustStore=" + trustStore(),
                "-Djavax.net.ssl.trustStorePassword=" + trustStorePassword(),
                "-Djavax.net.ssl.trustStoreType=PKCS12");
    }

    /** For {@code SSLContext.setDefault}: trusts these emulators, and all that Java trusts by itself. */
    public static SSLContext trusting(EventHubsEmulator... emulators) {
        return TlsIdentity.trusting(
                Arrays.stream(emulators).map(emulator -> emulator.identity).toList());
    }

    /** Puts an event into a partition. */
    public StoredEvent publish(String hub, int partition, String body) {
        return publish(hub, partition, body, Map.of());
    }

    /**
     * Puts an event into a partition.
     *
     * @param properties by name; strings, numbers, booleans and what else AMQP has a type for
     */
    public StoredEvent publish(String hub, int partition, String body, Map<String, ?> properties) {
        byte[] bytes = body.getBytes(UTF_8);
        Message message = Message.Factory.create();
        message.setBody(new Data(new Binary(bytes)));
        if (!properties.isEmpty()) {
            message.setApplicationProperties(new ApplicationProperties(Map.copyOf(properties)));
        }
        StoredEvent event = namespace
                .hub(hub)
                .partitions()
                .get(partition)
                .append(List.of(EventContent.of(message, bytes.length)))
                .get(0);
        connections.wake();
        return event;
    }

    /** The events that a hub keeps, partition by partition. */
    public List<StoredEvent> events(String hub) {
        return namespace.hub(hub).partitions().stream()
                .flatMap(log -> log.events().stream())
                .toList();
    }

    /** The events that a partition keeps, oldest first. */
    public List<StoredEvent> events(String hub, int partition) {
        return namespace.hub(hub).partitions().get(partition).events();
    }

    /** How many events each partition of a hub keeps. */
    public Map<Integer, Integer> counts(String hub) {
        return IntStream.range(0, namespace.hub(hub).partitions().size())
                .boxed()
                .collect(Collectors.toMap(
                        partition -> partition,
                        partition -> events(hub, partition).size()));
    }

    /** Drops the oldest events of a partition up to this one, included, as retention does; how many there were. */
    public int expire(String hub, int partition, long upToSequenceNumber) {
        return namespace.hub(hub).partitions().get(partition).expire(upToSequenceNumber);
    }

    /** How many receivers read a hub. */
    public int receivers(String hub) {
        return namespace.hub(hub).readerCount();
    }

    /** How many connections there are. */
    public int connections() {
        return connections.all().size();
    }

    /** What can go wrong. */
    public Faults faults() {
        return faults;
    }

    /** Drops all connections, and ends. */
    @Override
    public void close() {
        tls.close();
        plain.close();
        connections.close();
    }

    private String connectionString(String hub, SharedAccessKey key) {
        return "Endpoint=sb://" + address + ";SharedAccessKeyName=" + key.name() + ";SharedAccessKey=" + key.value()
                + ";EntityPath=" + hub;
    }

    private void refuse() {
        tls.refuse();
        plain.refuse();
    }

    private void accept() {
        tls.accept(this::serveTls);
        plain.accept(tcp -> serve(tcp, tcp));
    }

    private void serveTls(Socket tcp) {
        try (tcp) {
            serve(tcp, identity.serverSide(tcp));
        } catch (IOException gone) {
            // The client has left already.
        }
    }

    private void serve(Socket tcp, Socket socket) {
        AmqpPeer peer = new AmqpPeer(tcp, socket, namespace, connections, faults);
        connections.add(peer);
        peer.serve();
    }

    /** The two ports of an address. */
    private record Ports(String address, Listener tls, Listener plain) {

        static Ports take(String address, ThreadFactory threads) throws IOException {
            InetAddress loopback = InetAddress.getByName(address);
            Listener tls;
            try {
                tls = Listener.on(loopback, TLS_PORT, threads);
            } catch (IOException taken) {
                throw new PortsTakenException(address, taken);
            }
            try {
                return new Ports(address, tls, Listener.on(loopback, PLAIN_PORT, threads));
            } catch (IOException taken) {
                tls.close();
                throw new PortsTakenException(address, taken);
            }
        }
    }

    /** Somebody has one of the ports. */
    private static final class PortsTakenException extends IOException {

        private static final long serialVersionUID = 1;

        PortsTakenException(String address, IOException cause) {
            super("cannot take ports " + TLS_PORT + " and " + PLAIN_PORT + " of " + address, cause);
        }
    }
}
