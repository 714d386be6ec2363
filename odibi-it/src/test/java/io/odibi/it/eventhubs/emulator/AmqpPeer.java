package io.odibi.it.eventhubs.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSocket;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.engine.Collector;
import org.apache.qpid.proton.engine.Connection;
import org.apache.qpid.proton.engine.EndpointState;
import org.apache.qpid.proton.engine.Event;
import org.apache.qpid.proton.engine.Link;
import org.apache.qpid.proton.engine.Transport;

/**
 * One connection of a client. A thread of its own reads; whoever has something for the client writes. Proton's engine is not made for
 * several threads, so all that touches it holds this object's lock.
 */
final class AmqpPeer {

    private static final int MAX_FRAME_SIZE = 65536;
    private static final int IDLE_MILLIS = 240_000;
    private static final Duration FAREWELL = Duration.ofSeconds(5);
    private static final LinkEnd NOBODY = new LinkEnd() {};

    private final Socket tcp;
    private final Socket socket;
    private final Connections connections;
    private final Faults faults;
    private final Transport transport = Proton.transport();
    private final Connection connection = Proton.connection();
    private final Collector collector = Proton.collector();
    private final LinkOpening opening;
    private final Map<Link, LinkEnd> ends = new LinkedHashMap<>();
    private final AtomicBoolean wakeIsQueued = new AtomicBoolean();
    private final AtomicBoolean isTickDue = new AtomicBoolean();
    private volatile boolean isReady;

    /**
     * Makes the server's side of a connection.
     *
     * @param tcp what the client connected to
     * @param socket what AMQP goes over: TLS on top of it, or the same
     */
    AmqpPeer(Socket tcp, Socket socket, Namespace namespace, Connections connections, Faults faults) {
        this.tcp = tcp;
        this.socket = socket;
        this.connections = connections;
        this.faults = faults;
        this.opening = new LinkOpening(namespace, this);
        transport.setMaxFrameSize(MAX_FRAME_SIZE);
        transport.setIdleTimeout(IDLE_MILLIS);
        transport.sasl().server();
        transport.sasl().setMechanisms(Handshake.MECHANISMS);
        transport.sasl().setListener(new Handshake());
        connection.collect(collector);
        transport.bind(connection);
    }

    /** Serves the client until it or this side goes. */
    void serve() {
        try {
            tcp.setTcpNoDelay(true);
            if (socket instanceof SSLSocket tls) {
                tls.startHandshake();
            }
            isReady = true;
            InputStream in = socket.getInputStream();
            byte[] bytes = new byte[MAX_FRAME_SIZE];
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                take(bytes, read);
            }
        } catch (IOException gone) {
            // The client went without a word, or a fault was asked for.
        } finally {
            reset();
        }
    }

    /** Whether the client has shown a token for a path that still counts. */
    boolean allows(EntityPath path) {
        return opening.allows(path);
    }

    Connections connections() {
        return connections;
    }

    Faults faults() {
        return faults;
    }

    /** Sends what there is for the client, soon and on another thread. */
    void wakeSoon() {
        // One at a time: a client that does not read holds up one worker, not all of them.
        if (wakeIsQueued.compareAndSet(false, true)) {
            later(() -> {
                wakeIsQueued.set(false);
                if (isTickDue.getAndSet(false)) {
                    tickNow();
                }
                List.copyOf(ends.values()).forEach(LinkEnd::proceed);
            });
        }
    }

    /** Keeps the connection alive, and ends links whose token has run out; soon and on another thread. */
    void tick() {
        isTickDue.set(true);
        wakeSoon();
    }

    /** Does something under the lock, soon and on another thread. */
    void later(Runnable action) {
        connections.execute(() -> perform(action));
    }

    /** Closes a link with an error; called under the lock. */
    void close(Link link, Refusal why) {
        link.setCondition(why.error());
        link.close();
        ended(link);
    }

    /** Closes all links to hubs with an error; how many there were. */
    synchronized int detachLinks() {
        List<Link> links = ends.entrySet().stream()
                .filter(entry -> entry.getValue().isToHub())
                .map(Map.Entry::getKey)
                .toList();
        perform(() -> links.forEach(link -> close(link, Refusal.linkDetached())));
        return links.size();
    }

    /** Closes the connection with an error, as the service does when a node goes down. */
    void closeConnection() {
        perform(() -> {
            endAll();
            connection.setCondition(Refusal.connectionClosed().error());
            connection.close();
        });
    }

    /** Drops the connection without a word: the client gets a reset. */
    void reset() {
        // Below TLS: a farewell of TLS without one of AMQP goes unnoticed by the older client.
        try {
            tcp.setSoLinger(true, 0);
            tcp.close();
        } catch (IOException gone) {
            // Then it is closed.
        }
        connections.remove(this);
        connections.execute(this::endAll);
    }

    private void tickNow() {
        transport.tick(System.currentTimeMillis());
        List.copyOf(ends.entrySet()).stream()
                .filter(entry -> !entry.getValue().isAllowed())
                .forEach(entry -> close(entry.getKey(), Refusal.tokenExpired()));
    }

    private synchronized void endAll() {
        List.copyOf(ends.keySet()).forEach(this::ended);
    }

    private synchronized void take(byte[] bytes, int length) throws IOException {
        for (int at = 0; at < length; ) {
            int room = transport.capacity();
            if (room <= 0) {
                throw new IOException("the engine takes no more");
            }
            int part = Math.min(room, length - at);
            transport.tail().put(bytes, at, part);
            transport.process();
            at += part;
            dispatch();
        }
        flush();
    }

    private synchronized void perform(Runnable action) {
        if (!isReady) {
            return;
        }
        try {
            action.run();
            dispatch();
            flush();
        } catch (IOException gone) {
            reset();
        }
    }

    private void flush() throws IOException {
        Duration delay = faults.delay();
        if (delay.isZero()) {
            write();
        } else {
            connections.schedule(this::writeLate, delay);
        }
    }

    private synchronized void writeLate() {
        try {
            write();
        } catch (IOException gone) {
            reset();
        }
    }

    private void write() throws IOException {
        int pending = transport.pending();
        for (; pending > 0; pending = transport.pending()) {
            ByteBuffer head = transport.head();
            byte[] bytes = new byte[head.remaining()];
            head.get(bytes);
            socket.getOutputStream().write(bytes);
            transport.pop(bytes.length);
        }
        // Nothing more will come from here. The client's own farewell has to arrive, or it takes the end for a failure.
        if (pending < 0 && connection.getRemoteState() == EndpointState.CLOSED) {
            socket.close();
        } else if (pending < 0) {
            connections.schedule(this::reset, FAREWELL);
        }
    }

    private void dispatch() {
        for (Event event = collector.peek(); event != null; event = collector.peek()) {
            on(event);
            collector.pop();
        }
    }

    private void on(Event event) {
        switch (event.getType()) {
            case CONNECTION_REMOTE_OPEN -> {
                connection.setContainer(UUID.randomUUID().toString().replace("-", "") + "_G0");
                connection.open();
            }
            case CONNECTION_REMOTE_CLOSE -> {
                endAll();
                connection.close();
            }
            case SESSION_REMOTE_OPEN -> event.getSession().open();
            case SESSION_REMOTE_CLOSE -> {
                List.copyOf(ends.keySet()).stream()
                        .filter(link -> link.getSession() == event.getSession())
                        .forEach(this::ended);
                event.getSession().close();
            }
            case LINK_REMOTE_OPEN -> open(event.getLink());
            case LINK_REMOTE_CLOSE -> {
                // Never freed: proton would settle what is on its way without an outcome, which the older client does
                // not survive.
                ended(event.getLink());
                event.getLink().close();
            }
            case LINK_REMOTE_DETACH -> {
                ended(event.getLink());
                event.getLink().detach();
            }
            case LINK_FLOW -> end(event.getLink()).proceed();
            case DELIVERY -> end(event.getLink()).receive();
            default -> {
                // Echoes of what this side does, and news that nobody here needs.
            }
        }
    }

    private void open(Link link) {
        if (link.getLocalState() != EndpointState.UNINITIALIZED) {
            return;
        }
        try {
            ends.put(link, opening.open(link));
        } catch (Refusal refusal) {
            // An attach without terminus tells the client that a detach with the reason follows.
            link.setSource(null);
            link.setTarget(null);
            link.open();
            close(link, refusal);
        }
    }

    private LinkEnd end(Link link) {
        return ends.getOrDefault(link, NOBODY);
    }

    private void ended(Link link) {
        LinkEnd end = ends.remove(link);
        if (end != null) {
            end.ended();
        }
    }
}
