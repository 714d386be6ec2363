package io.odibi.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.odibi.engine.checkpoint.CheckpointGates.Gate;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class CheckpointGatesTest {

    @TempDir
    private java.nio.file.Path folder;

    @Test
    void holdsTheNextBatchBeforeAnythingIsWritten() throws Exception {
        Path checkpoint = new Path("file:" + folder);
        OdibiCheckpointFileManager log =
                new OdibiCheckpointFileManager(new Path(checkpoint, "offsets"), new Configuration());
        log.mkdirs(new Path(checkpoint, "offsets"));
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread query = new Thread(() -> {
            try {
                log.createAtomic(new Path(checkpoint, "offsets/4"), false).close();
                end.set(new IllegalStateException("passed"));
            } catch (Throwable stopped) {
                end.set(stopped);
            }
        });
        try (Gate gate = CheckpointGates.close(new Path(folder.toString()))) {
            query.start();
            assertThat(gate.awaitArrival(Duration.ofSeconds(20))).isTrue();
            assertThat(folder.resolve("offsets")).isEmptyDirectory();

            query.interrupt();
            query.join();
        }
        assertThat(end.get()).isInstanceOf(InterruptedIOException.class);
        assertThat(folder.resolve("offsets")).isEmptyDirectory();
    }

    @Test
    void letsPassWhenItIsOpenedAgain() throws Exception {
        Path checkpoint = new Path(folder.toString());
        OdibiCheckpointFileManager log =
                new OdibiCheckpointFileManager(new Path(checkpoint, "offsets"), new Configuration());
        log.mkdirs(new Path(checkpoint, "offsets"));
        Gate gate = CheckpointGates.close(checkpoint);
        Thread query = new Thread(() -> write(log, new Path(checkpoint, "offsets/4")));
        query.start();
        assertThat(gate.awaitArrival(Duration.ofSeconds(20))).isTrue();

        gate.close();

        await().until(() -> !query.isAlive());
        assertThat(folder.resolve("offsets/4")).exists();
    }

    @Test
    void holdsNeitherOtherLogsNorOtherCheckpoints() throws Exception {
        Path checkpoint = new Path(folder.toString());
        OdibiCheckpointFileManager files = new OdibiCheckpointFileManager(checkpoint, new Configuration());
        files.mkdirs(new Path(checkpoint, "a/commits"));
        files.mkdirs(new Path(checkpoint, "b/offsets"));
        try (Gate gate = CheckpointGates.close(new Path(checkpoint, "a"))) {
            write(files, new Path(checkpoint, "a/commits/0"));
            write(files, new Path(checkpoint, "b/offsets/0"));

            assertThat(gate.awaitArrival(Duration.ZERO)).isFalse();
        }
        assertThat(folder.resolve("a/commits/0")).exists();
        assertThat(folder.resolve("b/offsets/0")).exists();
    }

    private static void write(OdibiCheckpointFileManager files, Path file) {
        try {
            files.createAtomic(file, false).close();
        } catch (IOException fault) {
            throw new IllegalStateException(fault);
        }
    }
}
