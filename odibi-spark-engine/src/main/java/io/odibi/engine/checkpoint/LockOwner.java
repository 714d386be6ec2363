package io.odibi.engine.checkpoint;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Who holds a checkpoint, as it is written into the lock's file: one line, so that a person can read it as well.
 *
 * @param host the machine
 * @param pid the process
 * @param since since when, to the second
 * @param token tells this hold from every other
 */
record LockOwner(String host, long pid, String since, String token) {

    private static final int PARTS = 4;

    /** Returns this process as a new owner. */
    static LockOwner ofThisProcess(Instant now) {
        return new LockOwner(
                thisHost(),
                ProcessHandle.current().pid(),
                Instant.ofEpochSecond(now.getEpochSecond()).toString(),
                UUID.randomUUID().toString());
    }

    /** Reads what {@link #line} has written; empty for what is damaged or only half there. */
    static Optional<LockOwner> read(String line) {
        String[] parts = line.strip().split(" ", -1);
        if (parts.length != PARTS || !parts[1].matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return Optional.of(new LockOwner(parts[0], Long.parseLong(parts[1]), parts[2], parts[3]));
    }

    String line() {
        return host + " " + pid + " " + since + " " + token + "\n";
    }

    /** Whether it is known that the owner is gone: a process of this machine that is not there any more. */
    boolean isDead() {
        return host.equals(thisHost()) && ProcessHandle.of(pid).isEmpty();
    }

    String words() {
        return "process " + pid + " on " + host + " (since " + since + ")";
    }

    private static String thisHost() {
        try {
            return InetAddress.getLocalHost().getHostName().replace(" ", "_");
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }
}
