package io.odibi.monitoring.queries;

import io.odibi.core.execution.RunEvent;
import io.odibi.core.execution.RunListener;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * Carries a run's events over to those who watch it, on a thread of its own, so that no query ever waits for them. Where they cannot
 * keep up, progress is dropped; changes of state never are. A watcher that throws is no trouble to the others. Owned by whoever makes
 * it; {@link #close} tells what is still to be told, within limits.
 */
public final class EventThread implements RunListener, AutoCloseable {

    private static final int MOST_PROGRESS = 10_000;
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final List<RunListener> watchers;
    private final Thread thread;

    // Guarded by this.
    private final Queue<RunEvent> waiting = new ArrayDeque<>();
    private int progressWaiting;
    private long dropped;
    private boolean isClosed;

    /** Begins to carry events over to the watchers, in this order. */
    public EventThread(List<RunListener> watchers) {
        this.watchers = List.copyOf(watchers);
        this.thread = new Thread(this::carry, "odibi-monitoring");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public synchronized void on(RunEvent event) {
        boolean isProgress = event instanceof RunEvent.BatchCommitted;
        if (isClosed || (isProgress && progressWaiting >= MOST_PROGRESS)) {
            dropped++;
            return;
        }
        progressWaiting += isProgress ? 1 : 0;
        waiting.add(event);
        notifyAll();
    }

    /** How many events were not carried over. */
    public synchronized long dropped() {
        return dropped;
    }

    @Override
    public void close() {
        synchronized (this) {
            isClosed = true;
            notifyAll();
        }
        try {
            thread.join(LAST_WORDS.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void carry() {
        try {
            while (true) {
                RunEvent event;
                synchronized (this) {
                    while (waiting.isEmpty() && !isClosed) {
                        wait();
                    }
                    if (waiting.isEmpty()) {
                        return;
                    }
                    event = waiting.remove();
                    progressWaiting -= event instanceof RunEvent.BatchCommitted ? 1 : 0;
                }
                watchers.forEach(watcher -> tell(watcher, event));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void tell(RunListener watcher, RunEvent event) {
        try {
            watcher.on(event);
        } catch (RuntimeException | LinkageError fault) {
            Thread current = Thread.currentThread();
            current.getUncaughtExceptionHandler().uncaughtException(current, fault);
        }
    }
}
