package io.odibi.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.execution.streaming.CheckpointFileManager;
import org.apache.spark.sql.execution.streaming.CheckpointFileManager.CancellableFSDataOutputStream;
import org.apache.spark.sql.execution.streaming.FileContextBasedCheckpointFileManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each behaviour holds for Spark's own manager as well: what Spark's logs and state stores expect of one. */
final class CheckpointFilesTest {

    @TempDir
    private java.nio.file.Path folder;

    static Stream<BiFunction<Path, Configuration, CheckpointFileManager>> managers() {
        return Stream.of(OdibiCheckpointFileManager::new, FileContextBasedCheckpointFileManager::new);
    }

    @ParameterizedTest
    @MethodSource("managers")
    void aFileIsThereOnlyWhenItIsClosed(BiFunction<Path, Configuration, CheckpointFileManager> make)
            throws IOException {
        CheckpointFileManager files = make.apply(root(), new Configuration());
        CancellableFSDataOutputStream out = files.createAtomic(file("0"), false);
        out.write(bytes("first"));
        assertThat(files.exists(file("0"))).isFalse();
        out.close();

        assertThat(files.exists(file("0"))).isTrue();
        assertThat(read(files, "0")).isEqualTo("first");
        assertThat(names(files)).containsExactly("0");
    }

    @ParameterizedTest
    @MethodSource("managers")
    void aFileThatIsCancelledNeverAppears(BiFunction<Path, Configuration, CheckpointFileManager> make)
            throws IOException {
        CheckpointFileManager files = make.apply(root(), new Configuration());
        CancellableFSDataOutputStream out = files.createAtomic(file("0"), false);
        out.write(bytes("half"));
        out.cancel();
        out.close();

        assertThat(files.exists(file("0"))).isFalse();
        assertThat(names(files)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("managers")
    void refusesToReplaceAFileUnlessAskedTo(BiFunction<Path, Configuration, CheckpointFileManager> make)
            throws IOException {
        CheckpointFileManager files = make.apply(root(), new Configuration());
        write(files, "0", "first", false);

        CancellableFSDataOutputStream second = files.createAtomic(file("0"), false);
        second.write(bytes("second"));
        assertThatThrownBy(second::close).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(read(files, "0")).isEqualTo("first");

        write(files, "0", "third", true);
        assertThat(read(files, "0")).isEqualTo("third");
    }

    @ParameterizedTest
    @MethodSource("managers")
    void listsWithQualifiedPathsAndLengths(BiFunction<Path, Configuration, CheckpointFileManager> make)
            throws IOException {
        CheckpointFileManager files = make.apply(root(), new Configuration());
        write(files, "7", "seven", false);
        files.mkdirs(file("sub/deep"));

        FileStatus[] found = files.list(root(), path -> !path.getName().startsWith("."));
        assertThat(found)
                .extracting(status -> status.getPath().toString() + " " + status.getLen() + " " + status.isDirectory())
                .containsExactlyInAnyOrder(
                        "file:" + folder + "/7 5 false", "file:" + folder + "/sub " + dirLength(found) + " true");
        assertThatThrownBy(() -> files.list(file("nowhere"), path -> true)).isInstanceOf(FileNotFoundException.class);
    }

    @ParameterizedTest
    @MethodSource("managers")
    void deletesFoldersAndDoesNotMindWhatIsGone(BiFunction<Path, Configuration, CheckpointFileManager> make)
            throws IOException {
        CheckpointFileManager files = make.apply(root(), new Configuration());
        files.mkdirs(file("a/b"));
        files.mkdirs(file("a/b"));
        write(files, "a/b/c", "x", false);

        files.delete(file("a"));
        files.delete(file("a"));

        assertThat(files.exists(file("a"))).isFalse();
        assertThatThrownBy(() -> files.open(file("a"))).isInstanceOf(FileNotFoundException.class);
    }

    @ParameterizedTest
    @MethodSource("managers")
    void makesTheCheckpointsFolderAndQualifiesIt(BiFunction<Path, Configuration, CheckpointFileManager> make) {
        CheckpointFileManager files = make.apply(file("new folder/x"), new Configuration());

        assertThat(files.createCheckpointDirectory().toString()).isEqualTo("file:" + folder + "/new folder/x");
        assertThat(folder.resolve("new folder/x")).isDirectory();
        assertThat(files.isLocal()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("managers")
    void readsFromAnyPlace(BiFunction<Path, Configuration, CheckpointFileManager> make) throws IOException {
        CheckpointFileManager files = make.apply(root(), new Configuration());
        String text = "0123456789".repeat(5000);
        write(files, "0", text, false);

        try (FSDataInputStream in = files.open(file("0"))) {
            in.seek(40_007);
            assertThat(in.read()).isEqualTo('7');
            assertThat(in.getPos()).isEqualTo(40_008);
            byte[] some = new byte[10];
            in.readFully(12, some);
            assertThat(new String(some, StandardCharsets.UTF_8)).isEqualTo("2345678901");
            assertThat(in.read()).isEqualTo('8');
            in.seek(0);
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(text);
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void oneOfManyWhoCreateAFileWins() throws Exception {
        CheckpointFileManager files = new OdibiCheckpointFileManager(root(), new Configuration());
        for (int round = 0; round < 50; round++) {
            String name = String.valueOf(round);
            int racers = 4;
            CyclicBarrier start = new CyclicBarrier(racers);
            AtomicInteger won = new AtomicInteger();
            AtomicInteger lost = new AtomicInteger();
            Thread[] threads = new Thread[racers];
            for (int racer = 0; racer < racers; racer++) {
                threads[racer] = new Thread(() -> {
                    try {
                        CancellableFSDataOutputStream out = files.createAtomic(file(name), false);
                        out.write(bytes("whole"));
                        start.await();
                        out.close();
                        won.incrementAndGet();
                    } catch (FileAlreadyExistsException taken) {
                        lost.incrementAndGet();
                    } catch (Exception fault) {
                        throw new IllegalStateException(fault);
                    }
                });
                threads[racer].start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(won).hasValue(1);
            assertThat(lost).hasValue(racers - 1);
            assertThat(read(files, name)).isEqualTo("whole");
        }
        assertThat(names(files)).hasSize(50);
    }

    @Test
    void leavesNoChecksumThatSparksOwnManagerWouldStumbleOver() throws IOException {
        CheckpointFileManager sparks = new FileContextBasedCheckpointFileManager(root(), new Configuration());
        write(sparks, "0", "by Spark", false);
        Files.writeString(folder.resolve(".0.crc"), "stale");

        CheckpointFileManager ours = new OdibiCheckpointFileManager(root(), new Configuration());
        assertThat(read(ours, "0")).isEqualTo("by Spark");
        write(ours, "0", "by Odibi", true);

        assertThat(read(sparks, "0")).isEqualTo("by Odibi");
    }

    @Test
    void usesTheManagerThatTheProjectNames() {
        Configuration hadoop = new Configuration();
        hadoop.set(OdibiCheckpointFileManager.DELEGATE, FileContextBasedCheckpointFileManager.class.getName());
        CheckpointFileManager files = new OdibiCheckpointFileManager(root(), hadoop);
        assertThat(files.isLocal()).isTrue();

        hadoop.set(OdibiCheckpointFileManager.DELEGATE, "java.lang.String");
        assertThatThrownBy(() -> new OdibiCheckpointFileManager(root(), hadoop))
                .hasMessageContaining("is no file manager");
    }

    private Path root() {
        return new Path(folder.toString());
    }

    private Path file(String name) {
        return new Path(new Path(folder.toUri()), name);
    }

    private void write(CheckpointFileManager files, String name, String text, boolean replaces) throws IOException {
        try (CancellableFSDataOutputStream out = files.createAtomic(file(name), replaces)) {
            out.write(bytes(text));
        }
    }

    private String read(CheckpointFileManager files, String name) throws IOException {
        try (FSDataInputStream in = files.open(file(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private List<String> names(CheckpointFileManager files) {
        return Arrays.stream(files.list(root(), path -> true))
                .map(status -> status.getPath().getName())
                .sorted()
                .toList();
    }

    private static long dirLength(FileStatus[] found) {
        return Arrays.stream(found)
                .filter(FileStatus::isDirectory)
                .findFirst()
                .orElseThrow()
                .getLen();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
