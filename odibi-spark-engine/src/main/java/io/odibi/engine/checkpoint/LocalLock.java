package io.odibi.engine.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/** A lock of the operating system on a file in the checkpoint: it ends with the process that has it, however that ends. */
final class LocalLock implements CheckpointLock {

    /**
     * What this process holds. An operating system may give all of a process's locks on a file free when the process closes the file
     * once, so a file that is locked here must not be opened again.
     */
    private static final Map<Path, LockOwner> HELD = new HashMap<>();

    private final Path file;
    private final FileChannel channel;
    private boolean isClosed;

    private LocalLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static LocalLock take(Path checkpoint, LockOwner owner) throws IOException {
        Path folder = Files.createDirectories(checkpoint.resolve(FOLDER));
        Path file = folder.toRealPath().resolve("lock");
        synchronized (HELD) {
            LockOwner holder = HELD.get(file);
            if (holder != null) {
                throw new CheckpointInUseException(checkpoint.toString(), "another query of this process");
            }
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                lock(checkpoint, file, channel, owner);
            } catch (IOException | RuntimeException refused) {
                channel.close();
                throw refused;
            }
            HELD.put(file, owner);
            return new LocalLock(file, channel);
        }
    }

    private static void lock(Path checkpoint, Path file, FileChannel channel, LockOwner owner) throws IOException {
        FileLock lock = channel.tryLock();
        if (lock == null) {
            String words =
                    LockOwner.read(Files.readString(file)).map(LockOwner::words).orElse("another process");
            throw new CheckpointInUseException(checkpoint.toString(), words);
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(owner.line().getBytes(StandardCharsets.UTF_8)), 0);
    }

    @Override
    public void close() {
        synchronized (HELD) {
            if (isClosed) {
                return;
            }
            isClosed = true;
            HELD.remove(file);
            try {
                channel.close();
            } catch (IOException fault) {
                // The lock ends with the process at the latest.
            }
        }
    }
}
