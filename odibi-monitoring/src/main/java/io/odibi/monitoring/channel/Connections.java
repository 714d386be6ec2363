package io.odibi.monitoring.channel;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Closes connections that take too long: a channel of the JDK on a Unix domain socket has no timeout of its own. */
final class Connections implements AutoCloseable {

    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "odibi-control-watch");
        thread.setDaemon(true);
        return thread;
    });

    void add(Closeable connection) {
        open.add(connection);
    }

    void remove(Closeable connection) {
        open.remove(connection);
        quietly(connection);
    }

    int count() {
        return open.size();
    }

    /** Closes a connection when the time is over, unless what is returned is run before. */
    Runnable closeAfter(Closeable connection, Duration time) {
        Future<?> closing = watch.schedule(() -> quietly(connection), time.toMillis(), TimeUnit.MILLISECONDS);
        return () -> closing.cancel(false);
    }

    @Override
    public void close() {
        watch.shutdownNow();
        open.forEach(this::remove);
    }

    static void quietly(Closeable connection) {
        try {
            connection.close();
        } catch (IOException gone) {
            // Whoever closes it wants it gone, and it is.
            return;
        }
    }
}
