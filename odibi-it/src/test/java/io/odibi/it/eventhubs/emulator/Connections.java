package io.odibi.it.eventhubs.emulator;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The connections of all clients, and the few threads that serve them beside those that read. Any thread may use it. */
final class Connections implements AutoCloseable {

    private static final int WORKERS = 4;
    private static final int TICK_SECONDS = 2;

    private final Set<AmqpPeer> peers = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor workers;

    Connections(ThreadFactory threads) {
        workers = new ScheduledThreadPoolExecutor(WORKERS, threads, new ThreadPoolExecutor.DiscardPolicy());
        workers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        var unused = workers.scheduleAtFixedRate(
                () -> peers.forEach(AmqpPeer::tick), TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
    }

    void add(AmqpPeer peer) {
        peers.add(peer);
    }

    void remove(AmqpPeer peer) {
        peers.remove(peer);
    }

    List<AmqpPeer> all() {
        return List.copyOf(peers);
    }

    /** Lets all connections send what is new. */
    void wake() {
        peers.forEach(AmqpPeer::wakeSoon);
    }

    void execute(Runnable task) {
        workers.execute(task);
    }

    void schedule(Runnable task, Duration delay) {
        var unused = workers.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Drops all connections and ends the threads. */
    @Override
    public void close() {
        all().forEach(AmqpPeer::reset);
        workers.shutdown();
    }
}
