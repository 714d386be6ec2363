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
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A lease on a checkpoint of a file system that knows no locks: a file with its owner's name, made only if it is not there, and written
 * again every {@link #RENEWAL}. One that is older than {@link #EXPIRY}, or whose owner is known to be gone, may be taken over. The old
 * owner sees another's name at its next renewal and stops; and one that could not renew for long, because it stood still or did not reach
 * its files, writes nothing into the logs of its query before it has looked.
 *
 * <p>It is as firm as the file system's promise to make a file only if it is not there, which object stores without conditional writes
 * keep only mostly.
 */
final class LeaseLock implements CheckpointLock {

    static final Duration RENEWAL = Duration.ofSeconds(10);
    static final Duration EXPIRY = Duration.ofSeconds(60);

    /** After that the owner looks before it writes: others may take the lease over soon. */
    private static final Duration CERTAIN = Duration.ofSeconds(40);

    /** Whoever found the same stale lease has long tried to take it over by then. */
    private static final Duration KEPT = Duration.ofDays(1);

    private static final String RETIRED = "retired-";

    private enum State {
        HELD,
        LOST,
        CLOSED
    }

    private final FileSystem files;
    private final Path checkpoint;
    private final Path file;
    private final LockOwner owner;
    private final Clock clock;
    private final Runnable lost;
    private final CheckpointGates.Guard guard = this::confirm;
    private final ScheduledExecutorService renewal = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "odibi-checkpoint-lease");
        thread.setDaemon(true);
        return thread;
    });

    // Guarded by this.
    private Instant renewed;
    private State state = State.HELD;

    private LeaseLock(FileSystem files, Path checkpoint, LockOwner owner, Clock clock, Runnable lost) {
        this.files = files;
        this.checkpoint = checkpoint;
        this.file = new Path(new Path(checkpoint, FOLDER), "lock");
        this.owner = owner;
        this.clock = clock;
        this.lost = lost;
        this.renewed = clock.instant();
    }

    static LeaseLock take(Path checkpoint, FileSystem files, LockOwner owner, Clock clock, Runnable lost)
            throws IOException {
        LeaseLock lock = new LeaseLock(files, checkpoint, owner, clock, lost);
        lock.acquire();
        CheckpointGates.guard(checkpoint, lock.guard);
        var unused = lock.renewal.scheduleWithFixedDelay(
                lock::renew, RENEWAL.toMillis(), RENEWAL.toMillis(), TimeUnit.MILLISECONDS);
        return lock;
    }

    private void acquire() throws IOException {
        files.mkdirs(file.getParent());
        if (!create()) {
            Optional<LockOwner> holder = holder();
            if (!isStale(holder) || !retire(holder) || !create()) {
                throw inUse();
            }
        }
        // Where making a file is not all or nothing, the last who wrote it has it.
        if (holder().filter(owner::equals).isEmpty()) {
            throw inUse();
        }
    }

    private CheckpointInUseException inUse() throws IOException {
        return new CheckpointInUseException(
                checkpoint.toString(), holder().map(LockOwner::words).orElse("another process"));
    }

    private boolean isStale(Optional<LockOwner> holder) throws IOException {
        if (holder.filter(LockOwner::isDead).isPresent()) {
            return true;
        }
        try {
            return files.getFileStatus(file).getModificationTime() + EXPIRY.toMillis() < filesTime();
        } catch (FileNotFoundException gone) {
            return true;
        }
    }

    /** The time by the clock that the files have theirs from, which is not this machine's. */
    private long filesTime() throws IOException {
        Path now = new Path(file.getParent(), "now-" + owner.token());
        write(now, true);
        try {
            return files.getFileStatus(now).getModificationTime();
        } finally {
            files.delete(now, false);
        }
    }

    /**
     * Puts a stale lease aside, and returns whether nobody else has. Its new name is that of its owner, so of several who found the same
     * lease one moves it, and none moves the lease that this one then makes.
     */
    private boolean retire(Optional<LockOwner> holder) throws IOException {
        sweep();
        try {
            if (!files.exists(file)) {
                return true;
            }
            String name = holder.isPresent()
                    ? holder.get().token()
                    : Long.toString(files.getFileStatus(file).getModificationTime());
            Path aside = new Path(file.getParent(), RETIRED + name);
            return !files.exists(aside) && files.rename(file, aside);
        } catch (FileNotFoundException | FileAlreadyExistsException other) {
            return false;
        }
    }

    private void sweep() throws IOException {
        long old = filesTime() - KEPT.toMillis();
        for (FileStatus one : files.listStatus(file.getParent())) {
            if (one.getPath().getName().startsWith(RETIRED) && one.getModificationTime() < old) {
                files.delete(one.getPath(), false);
            }
        }
    }

    private boolean create() throws IOException {
        try {
            write(file, false);
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

    private void write(Path to, boolean overwrites) throws IOException {
        try (OutputStream out = files.create(to, overwrites)) {
            out.write(owner.line().getBytes(StandardCharsets.UTF_8));
        }
    }

    private Optional<LockOwner> holder() throws IOException {
        try (FSDataInputStream in = files.open(file)) {
            return LockOwner.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (FileNotFoundException gone) {
            return Optional.empty();
        }
    }

    /** Writes the lease again, unless it is another's by now. What cannot be reached for a while is tried again. */
    void renew() {
        boolean isLost;
        try {
            isLost = !isRenewed();
        } catch (IOException unreachable) {
            isLost = age().compareTo(EXPIRY) >= 0;
        }
        if (isLost) {
            giveUp();
        }
    }

    /** Returns whether this process has the lease; one that was given back need not be renewed. */
    private synchronized boolean isRenewed() throws IOException {
        if (state == State.HELD) {
            Optional<LockOwner> holder = holder();
            if (holder.isPresent() && !holder.get().equals(owner)) {
                return false;
            }
            write(file, true);
            renewed = clock.instant();
        }
        return state != State.LOST;
    }

    private synchronized Duration age() {
        return Duration.between(renewed, clock.instant());
    }

    private synchronized boolean isLost() {
        return state == State.LOST;
    }

    private void giveUp() {
        synchronized (this) {
            if (state != State.HELD) {
                return;
            }
            state = State.LOST;
        }
        renewal.shutdown();
        lost.run();
    }

    /** Throws if the lease is another's by now; looks only if it was not renewed for long. */
    private void confirm() throws IOException {
        if (isLost() || (age().compareTo(CERTAIN) >= 0 && !isRenewed())) {
            throw inUse();
        }
    }

    @Override
    public void close() {
        boolean isHeld;
        synchronized (this) {
            isHeld = state == State.HELD;
            state = State.CLOSED;
        }
        CheckpointGates.unguard(checkpoint, guard);
        renewal.shutdownNow();
        try {
            if (isHeld && holder().filter(owner::equals).isPresent()) {
                files.delete(file, false);
            }
        } catch (IOException unreachable) {
            // It runs out by itself.
        }
    }
}
