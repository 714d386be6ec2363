package io.odibi.testkit;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Watches for signs of a life of its own: connections of {@link java.net.Socket} and of the JDK's HTTP clients, which all ask the
 * {@link ProxySelector} for the way out, and threads that are started. Channels of NIO ask nobody, but clients that use them start
 * threads.
 */
final class Outside implements AutoCloseable {

    private final @Nullable ProxySelector before = ProxySelector.getDefault();
    private final Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    private final List<String> connections = new CopyOnWriteArrayList<>();

    private Outside() {
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                connections.add("connected to " + uri.getHost());
                return List.of(Proxy.NO_PROXY);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                connections.add("tried to connect to " + uri.getHost());
            }
        });
    }

    static Outside watch() {
        return new Outside();
    }

    /** What was seen, a line each. */
    List<String> signs() {
        List<String> signs = new ArrayList<>(connections);
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !threads.contains(thread))
                .filter(thread -> !"system".equals(groupOf(thread)))
                .map(thread -> "started thread " + thread.getName())
                .forEach(signs::add);
        return signs;
    }

    /** Threads of the JVM's own start when it pleases. */
    private static @Nullable String groupOf(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return group == null ? null : group.getName();
    }

    @Override
    public void close() {
        ProxySelector.setDefault(before);
    }
}
