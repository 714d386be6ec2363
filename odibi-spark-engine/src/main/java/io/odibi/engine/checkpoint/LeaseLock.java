package io.odibi.engine.checkpoint;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A lease on a checkpoint of a file system that knows no locks: a file with its owner's name, made only if it is not there, and written
 * again every {@link #RENEWAL}. One that is older than {@link #EXPIRY}, or whose owner is known to be gone, may be taken over: the taker
 * removes it and makes its own. The old owner sees another's name at its next renewal and stops.
 *
 * <p>It is as firm as the file system's promise to make a file only if it is not there, which object stores without conditional writes
 * keep only mostly.
 */
final class LeaseLock implements CheckpointLock {

    static final Duration RENEWAL = Duration.ofSeconds(10);
    static final Duration EXPIRY = Duration.ofSeconds(60);

    private final FileSystem files;
    private final Path file;
    private final LockOwner owner;
    private final Runnable lost;
    private final ScheduledExecutorService renewal = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "odibi-checkpoint-lease");
        thread.setDaemon(true);
        return thread;
    });
    private boolean isHeld = true;

    private LeaseLock(FileSystem files, Path file, LockOwner owner, Runnable lost) {
        this.files = files;
        this.file = file;
        this.owner = owner;
        this.lost = lost;
    }

    static LeaseLock take(Path checkpoint, FileSystem files, LockOwner owner, Clock clock, Runnable lost)
            throws IOException {
        Path folder = new Path(checkpoint, "_odibi");
        files.mkdirs(folder);
        Path file = new Path(folder, "lock");
        if (!create(files, file, owner)) {
            Optional<LockOwner> holder = read(files, file);
            if (!isStale(files, file, holder, clock.instant())) {
                throw inUse(checkpoint, holder);
            }
            files.delete(file, false);
            if (!create(files, file, owner)) {
                throw inUse(checkpoint, read(files, file));
            }
        }
        LeaseLock lock = new LeaseLock(files, file, owner, lost);
        var unused = lock.renewal.scheduleWithFixedDelay(
                lock::renew, RENEWAL.toMillis(), RENEWAL.toMillis(), TimeUnit.MILLISECONDS);
        return lock;
    }

    private static CheckpointInUseException inUse(Path checkpoint, Optional<LockOwner> holder) {
        return new CheckpointInUseException(
                checkpoint.toString(), holder.map(LockOwner::words).orElse("another process"));
    }

    private static boolean isStale(FileSystem files, Path file, Optional<LockOwner> holder, Instant now)
            throws IOException {
        if (holder.filter(LockOwner::isDead).isPresent()) {
            return true;
        }
        try {
            Instant renewed = Instant.ofEpochMilli(files.getFileStatus(file).getModificationTime());
            return renewed.plus(EXPIRY).isBefore(now);
        } catch (FileNotFoundException gone) {
            return true;
        }
    }

    private static boolean create(FileSystem files, Path file, LockOwner owner) throws IOException {
        try {
            write(files, file, owner, false);
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        } catch (IOException fault) {
            // Not every file system says it with the class that is meant for it.
            if (files.exists(file)) {
                return false;
            }
            throw fault;
        }
    }

    private static void write(FileSystem files, Path file, LockOwner owner, boolean overwrites) throws IOException {
        try (OutputStream out = files.create(file, overwrites)) {
            out.write(owner.line().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static Optional<LockOwner> read(FileSystem files, Path file) throws IOException {
        try (FSDataInputStream in = files.open(file)) {
            return LockOwner.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (FileNotFoundException gone) {
            return Optional.empty();
        }
    }

    /** Writes the lease again, unless it is another's by now. What cannot be reached for a while is tried again. */
    void renew() {
        try {
            synchronized (this) {
                if (!isHeld) {
                    return;
                }
                Optional<LockOwner> holder = read(files, file);
                if (holder.isEmpty() || holder.get().equals(owner)) {
                    write(files, file, owner, true);
                    return;
                }
                isHeld = false;
            }
        } catch (IOException unreachable) {
            return;
        }
        renewal.shutdown();
        lost.run();
    }

    @Override
    public synchronized void close() {
        renewal.shutdownNow();
        if (!isHeld) {
            return;
        }
        isHeld = false;
        try {
            if (read(files, file).filter(owner::equals).isPresent()) {
                files.delete(file, false);
            }
        } catch (IOException unreachable) {
            // It runs out by itself.
        }
    }
}
