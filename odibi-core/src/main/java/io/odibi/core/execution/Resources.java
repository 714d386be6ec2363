package io.odibi.core.execution;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a check and a run share and close together, such as the engine's session: one of each type, made when it is first asked for,
 * closed in the opposite order. Owned by {@link io.odibi.core.Odibi}. Safe for use by several threads.
 */
public final class Resources implements AutoCloseable {

    private final Map<Class<?>, AutoCloseable> shared = new LinkedHashMap<>();
    private boolean closed;

    /**
     * Returns the one resource of a type.
     *
     * @param type the resource's type
     * @param make makes it, when it is first asked for
     * @throws IllegalStateException if the resources are closed
     */
    public synchronized <T extends AutoCloseable> T shared(Class<T> type, Supplier<T> make) {
        if (closed) {
            throw new IllegalStateException("cannot use " + type.getSimpleName() + ": already closed");
        }
        AutoCloseable known = shared.get(type);
        if (known == null) {
            known = make.get();
            shared.put(type, known);
        }
        return type.cast(known);
    }

    /** Closes all, the last first. What one throws is thrown when all are closed. */
    @Override
    public synchronized void close() {
        closed = true;
        Deque<AutoCloseable> order = new ArrayDeque<>();
        shared.values().forEach(order::push);
        shared.clear();
        IllegalStateException failed = null;
        for (AutoCloseable one : order) {
            try {
                one.close();
            } catch (Exception cause) {
                IllegalStateException now = new IllegalStateException(
                        "cannot close " + one.getClass().getSimpleName() + ": " + cause.getMessage(), cause);
                if (failed == null) {
                    failed = now;
                } else {
                    failed.addSuppressed(now);
                }
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}
