package io.odibi.engine.checkpoint;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.apache.spark.sql.execution.streaming.CheckpointFileManager.CancellableFSDataOutputStream;

/**
 * A file that appears whole, under its name, when it is closed. Its bytes go to a hidden file beside it and reach the disk before it
 * is given its name; without overwriting, the name is a hard link, which the file system refuses to one of two who ask for the same.
 */
final class AtomicFile extends CancellableFSDataOutputStream {

    private static final Object NO_LINKS = new Object();

    private final FileChannel channel;
    private final Path hidden;
    private final Path name;
    private final boolean overwrites;
    private boolean ended;

    private AtomicFile(FileChannel channel, Path hidden, Path name, boolean overwrites) {
        super(new BufferedOutputStream(Channels.newOutputStream(channel), 64 << 10));
        this.channel = channel;
        this.hidden = hidden;
        this.name = name;
        this.overwrites = overwrites;
    }

    static AtomicFile begin(Path name, boolean overwrites) throws IOException {
        // A leading dot and the ending keep the file out of the listings that Spark's logs and state stores make.
        Path hidden = name.resolveSibling("." + name.getFileName() + "." + UUID.randomUUID() + ".tmp");
        FileChannel channel = FileChannel.open(hidden, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new AtomicFile(channel, hidden, name, overwrites);
    }

    @Override
    public synchronized void close() throws IOException {
        if (ended) {
            return;
        }
        ended = true;
        try (channel) {
            underlyingStream().flush();
            channel.force(true);
        } catch (IOException fault) {
            Files.deleteIfExists(hidden);
            throw fault;
        }
        try {
            publish();
        } finally {
            Files.deleteIfExists(hidden);
        }
        reachDisk(name.toAbsolutePath().resolveSibling("."));
    }

    @Override
    public synchronized void cancel() {
        if (ended) {
            return;
        }
        ended = true;
        try {
            channel.close();
            Files.deleteIfExists(hidden);
        } catch (IOException fault) {
            // The hidden file stays behind; nobody ever reads it.
        }
    }

    private void publish() throws IOException {
        if (overwrites) {
            Files.move(hidden, name, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } else {
            try {
                Files.createLink(name, hidden);
            } catch (FileAlreadyExistsException taken) {
                throw exists(taken);
            } catch (UnsupportedOperationException | java.nio.file.FileSystemException unable) {
                moveAlone(unable);
            }
        }
        // Left by Hadoop's own writer, it would make Hadoop's own reader refuse the new bytes.
        Files.deleteIfExists(name.resolveSibling("." + name.getFileName() + ".crc"));
    }

    /** For file systems without hard links: as careful as Spark itself, which looks before it renames. */
    private void moveAlone(Exception unable) throws IOException {
        synchronized (NO_LINKS) {
            if (Files.exists(name)) {
                throw exists(unable);
            }
            Files.move(hidden, name, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private IOException exists(Exception cause) {
        IOException known =
                new org.apache.hadoop.fs.FileAlreadyExistsException("cannot create " + name + ": it exists already");
        known.initCause(cause);
        return known;
    }

    /** A new name reaches the disk with its folder. Some systems cannot open a folder; they order names by themselves. */
    private static void reachDisk(Path folder) {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        } catch (IOException unable) {
            // See above.
        }
    }
}
