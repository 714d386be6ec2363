package io.odibi.it.eventhubs.emulator;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;

/**
 * What can go wrong on the way to the service, at a test's word. A fault has happened when the method returns; the client may know of it
 * later. Any thread may use it.
 */
public final class Faults {

    private final Connections connections;
    private final Runnable refuse;
    private final Runnable accept;
    private final AtomicInteger rejects = new AtomicInteger();
    private volatile Duration delay = Duration.ZERO;

    Faults(Connections connections, Runnable refuse, Runnable accept) {
        this.connections = connections;
        this.refuse = refuse;
        this.accept = accept;
    }

    /** Closes all links of senders and receivers with {@code amqp:link:detach-forced}; how many there were. */
    public int detachLinks() {
        return total(AmqpPeer::detachLinks);
    }

    /** Closes all connections with {@code amqp:connection:forced}; how many there were. */
    public int closeConnections() {
        return total(peer -> {
            peer.closeConnection();
            return 1;
        });
    }

    /** Resets all connections below TLS, as a cut in the network looks to a client; how many there were. */
    public int resetConnections() {
        return total(peer -> {
            peer.reset();
            return 1;
        });
    }

    /**
     * Refuses new connections for a time, and leaves the ones that are there.
     *
     * @param time after which connections are taken again
     */
    public void refuseConnectionsFor(Duration time) {
        refuse.run();
        connections.schedule(accept, time);
    }

    /** Rejects the next messages that are sent, singles or batches, with {@code com.microsoft:server-busy}. */
    public void rejectSends(int messages) {
        rejects.addAndGet(messages);
    }

    /** How many of the messages to be rejected have not come yet. */
    public int rejectsLeft() {
        return rejects.get();
    }

    /**
     * Holds back all that goes to clients.
     *
     * @param time for which each answer waits; zero ends it
     */
    public void delayAnswers(Duration time) {
        delay = time;
    }

    boolean takesReject() {
        return rejects.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    Duration delay() {
        return delay;
    }

    private int total(ToIntFunction<AmqpPeer> fault) {
        List<AmqpPeer> all = connections.all();
        return all.stream().mapToInt(fault).sum();
    }
}
