package io.odibi.monitoring.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Names a process for good: a process id is used again, together with the time of the start it is not.
 *
 * @param pid its id
 * @param start when it started; {@link Instant#EPOCH} where the system does not say
 * @param host the machine
 */
record LocalProcess(long pid, Instant start, String host) {

    /** The start is told in ticks since the machine's start, which moves with the clock. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    static LocalProcess current() {
        ProcessHandle self = ProcessHandle.current();
        return new LocalProcess(self.pid(), start(self), thisHost());
    }

    /** Whether it is surely gone; of another machine's processes nobody here knows. */
    boolean isGone() {
        if (!host.equals(thisHost())) {
            return false;
        }
        Optional<ProcessHandle> found = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        return found.isEmpty() || !isStart(start(found.get()));
    }

    private boolean isStart(Instant other) {
        boolean isKnown = !start.equals(Instant.EPOCH) && !other.equals(Instant.EPOCH);
        return !isKnown || Duration.between(start, other).abs().compareTo(TOLERANCE) <= 0;
    }

    private static Instant start(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    /** Not by the network's names: asking for them may take seconds. */
    static String thisHost() {
        try {
            return Files.readString(HOST_NAME).strip();
        } catch (IOException elsewhere) {
            String named = System.getenv("HOSTNAME");
            return named == null ? "localhost" : named;
        }
    }
}
