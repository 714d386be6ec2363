package io.odibi.engine.checkpoint;

import java.io.IOException;
import java.time.Clock;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The right to use a checkpoint, which one query at a time has. Spark looks for a second query in its own JVM only; two processes on one
 * checkpoint take the same micro-batch, and one of them finds out when both have written it. The file of the lock lies in the checkpoint,
 * in a folder that Spark does not look at.
 *
 * <p>On a local disk it is a lock of the operating system, which ends with the process. Elsewhere it is a lease that its owner renews:
 * one that is not renewed any more is taken over, and who has lost it stops.
 */
public interface CheckpointLock extends AutoCloseable {

    /** Where the lock's file lies in a checkpoint. */
    String FOLDER = "_odibi";

    /**
     * Takes the lock of a checkpoint, and creates the checkpoint's folder if it is not there.
     *
     * @param checkpoint the checkpoint's path or URI
     * @param hadoop which file systems there are
     * @param clock the time
     * @param lost is called, on a thread of the lock, if another process has taken the checkpoint over
     * @throws CheckpointInUseException if another query uses it
     * @throws IOException if the checkpoint's folder cannot be used
     */
    static CheckpointLock take(String checkpoint, Configuration hadoop, Clock clock, Runnable lost) throws IOException {
        Path path = new Path(checkpoint);
        String scheme = path.toUri().getScheme();
        boolean isLocal =
                "file".equals(scheme == null ? FileSystem.getDefaultUri(hadoop).getScheme() : scheme);
        LockOwner owner = LockOwner.ofThisProcess(clock.instant());
        return isLocal
                ? LocalLock.take(java.nio.file.Path.of(path.toUri().getPath()), owner)
                : LeaseLock.take(path, path.getFileSystem(hadoop), owner, clock, lost);
    }

    /** Gives the checkpoint free. To be called when the query is gone. Calling it again is harmless. */
    @Override
    void close();
}
