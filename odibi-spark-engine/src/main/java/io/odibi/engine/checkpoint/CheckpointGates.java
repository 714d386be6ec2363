package io.odibi.engine.checkpoint;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.Path;

/**
 * Gates in front of the offset logs of checkpoints. A micro-batch begins with its entry in {@code offsets/}; where the gate is closed,
 * the query's thread waits there before anything is written, so the batch before is committed whole and the next has not begun, for
 * every sink and every trigger. Before each entry of {@code offsets/} and {@code commits/} a guard may look whether the checkpoint is
 * still this process's.
 *
 * <p>Static because Spark makes its file managers by reflection, each of its own; only checkpoints that are being drained, or have a
 * guard, are in here.
 */
public final class CheckpointGates {

    private static final ConcurrentMap<String, Gate> CLOSED = new ConcurrentHashMap<>();
    private static final ConcurrentMap<String, Guard> GUARDED = new ConcurrentHashMap<>();
    private static final String OFFSETS = "offsets";
    private static final String COMMITS = "commits";

    private CheckpointGates() {}

    /** Looks whether a checkpoint may be written to. */
    @FunctionalInterface
    interface Guard {

        /**
         * Looks, on the thread that wants to write.
         *
         * @throws IOException if it may not be written to
         */
        void look() throws IOException;
    }

    /** Puts a guard in front of a checkpoint, in the place of one that is there. */
    static void guard(Path checkpoint, Guard guard) {
        GUARDED.put(key(checkpoint), guard);
    }

    /** Takes a guard of a checkpoint away. */
    static void unguard(Path checkpoint, Guard guard) {
        GUARDED.remove(key(checkpoint), guard);
    }

    /** A closed gate; {@link #close} opens it again. */
    public static final class Gate implements AutoCloseable {
        private final String checkpoint;
        private final CountDownLatch arrived = new CountDownLatch(1);
        private final CountDownLatch opened = new CountDownLatch(1);

        private Gate(String checkpoint) {
            this.checkpoint = checkpoint;
        }

        /** Waits for the query to arrive at the gate, all its micro-batches committed, and returns whether it has. */
        public boolean awaitArrival(Duration patience) throws InterruptedException {
            return arrived.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        }

        /** Opens the gate: to be called when the query is gone, so that its checkpoint can be used again. */
        @Override
        public void close() {
            CLOSED.remove(checkpoint, this);
            opened.countDown();
        }

        private void pass() throws InterruptedIOException {
            arrived.countDown();
            try {
                opened.await();
            } catch (InterruptedException stopped) {
                // Spark takes this for a clean stop; an InterruptedException it would take as well, but the method
                // declares none.
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("stopped before the next micro-batch");
            }
        }
    }

    /**
     * Closes the gate of a checkpoint.
     *
     * @param checkpoint the checkpoint as Spark resolved it
     */
    public static Gate close(Path checkpoint) {
        return CLOSED.computeIfAbsent(key(checkpoint), Gate::new);
    }

    /** Waits if {@code file} is an entry of an offset log whose gate is closed, and asks the guard of its checkpoint. */
    static void pass(Path file) throws IOException {
        Path log = file.getParent();
        if ((CLOSED.isEmpty() && GUARDED.isEmpty()) || log == null || log.getParent() == null) {
            return;
        }
        boolean isBegin = log.getName().equals(OFFSETS);
        if (isBegin || log.getName().equals(COMMITS)) {
            String checkpoint = key(log.getParent());
            Gate gate = CLOSED.get(checkpoint);
            if (isBegin && gate != null) {
                gate.pass();
            }
            Guard guard = GUARDED.get(checkpoint);
            if (guard != null) {
                guard.look();
            }
        }
    }

    private static String key(Path checkpoint) {
        return Path.getPathWithoutSchemeAndAuthority(checkpoint).toString();
    }
}
