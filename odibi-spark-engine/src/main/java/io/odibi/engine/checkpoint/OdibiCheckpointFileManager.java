package io.odibi.engine.checkpoint;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathFilter;
import org.apache.spark.sql.execution.streaming.CheckpointFileManager;

/**
 * Writes the files of checkpoints and state stores. On local disks through {@code java.nio}: Hadoop starts a process per file there to
 * set permissions, which takes twenty times longer than the write. Elsewhere as Spark would, or as {@link #DELEGATE} says. In front of
 * each offset log stands a {@linkplain CheckpointGates gate}.
 *
 * <p>Spark makes one per log and per state store, by reflection, on the driver and on executors.
 */
public final class OdibiCheckpointFileManager implements CheckpointFileManager {

    /** Names the file manager that a project asks for in place of Spark's choice and ours; used for every scheme. */
    public static final String DELEGATE = "spark.odibi.checkpointFileManagerClass";

    private static final String CHOICE = "spark.sql.streaming.checkpointFileManagerClass";

    private final CheckpointFileManager files;

    /**
     * Makes the manager of a log or a state store.
     *
     * @param path where its files lie
     * @param hadoop which file systems there are
     */
    public OdibiCheckpointFileManager(Path path, Configuration hadoop) {
        String asked = hadoop.get(DELEGATE);
        if (asked != null) {
            files = named(asked, path, hadoop);
        } else if (isLocal(path, hadoop)) {
            files = new LocalCheckpointFiles(path);
        } else {
            Configuration free = new Configuration(hadoop);
            free.unset(CHOICE);
            files = CheckpointFileManager.create(path, free);
        }
    }

    private static boolean isLocal(Path path, Configuration hadoop) {
        String scheme = path.toUri().getScheme();
        return "file".equals(scheme == null ? FileSystem.getDefaultUri(hadoop).getScheme() : scheme);
    }

    private static CheckpointFileManager named(String name, Path path, Configuration hadoop) {
        try {
            return (CheckpointFileManager) hadoop.getClassByName(name)
                    .getConstructor(Path.class, Configuration.class)
                    .newInstance(path, hadoop);
        } catch (InvocationTargetException fault) {
            throw new IllegalStateException("cannot use '" + DELEGATE + "': " + fault.getCause(), fault.getCause());
        } catch (ReflectiveOperationException | ClassCastException fault) {
            throw new IllegalStateException("cannot use '" + DELEGATE + "': '" + name + "' is no file manager", fault);
        }
    }

    @Override
    public CancellableFSDataOutputStream createAtomic(Path path, boolean overwriteIfPossible) {
        try {
            CheckpointGates.pass(path);
        } catch (IOException stopped) {
            throw Sneaky.raise(stopped);
        }
        return files.createAtomic(path, overwriteIfPossible);
    }

    @Override
    public FSDataInputStream open(Path path) {
        return files.open(path);
    }

    @Override
    public FileStatus[] list(Path path, PathFilter filter) {
        return files.list(path, filter);
    }

    @Override
    public void mkdirs(Path path) {
        files.mkdirs(path);
    }

    @Override
    public boolean exists(Path path) {
        return files.exists(path);
    }

    @Override
    public void delete(Path path) {
        files.delete(path);
    }

    @Override
    public boolean isLocal() {
        return files.isLocal();
    }

    @Override
    public Path createCheckpointDirectory() {
        return files.createCheckpointDirectory();
    }
}
