package io.odibi.monitoring.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odibi.core.error.ExternalException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path state;

    private RunFolder folder() {
        return RunFolder.of(Map.of("XDG_STATE_HOME", state.toString()));
    }

    private Path runs() {
        return state.resolve("odibi/runs");
    }

    private Registration register(String id) {
        return folder().register(RunDescription.ofThisProcess(id, "über = project", START), folder().socketFor(id));
    }

    @Test
    void findsWhatIsRegisteredUntilItIsTakenBack() {
        Registration registration = register("run-1");

        assertThat(folder().find().alive()).containsExactly(registration);
        assertThat(folder().find().died()).isEmpty();

        folder().remove(registration);
        assertThat(folder().find().alive()).isEmpty();
        assertThat(runs()).isEmptyDirectory();
    }

    @Test
    void isOpenToItsOwnerAlone() throws Exception {
        Files.createDirectories(runs());
        Files.setPosixFilePermissions(runs(), PosixFilePermissions.fromString("rwxrwxrwx"));

        Registration registration = register("run-1");
        Path secret = folder().writeSecret("run-1", "token");

        assertThat(permissions(runs())).isEqualTo("rwx------");
        assertThat(permissions(registration.file())).isEqualTo("rw-------");
        assertThat(permissions(secret)).isEqualTo("rw-------");
        folder().remove(registration);
        assertThat(secret).doesNotExist();
    }

    @Test
    void tellsAndCleansUpWhatDeadProcessesLeft() throws Exception {
        Registration registration = register("run-1");
        Files.createFile(registration.socket());
        String text = Files.readString(registration.file());
        // The same process id, but of a process that started at another time.
        Files.writeString(
                registration.file(), text.replaceAll("process_started=.*", "process_started=2020-01-01T00:00:00Z"));

        RunFolder.Found found = folder().find();

        assertThat(found.alive()).isEmpty();
        assertThat(found.died()).extracting(RunDescription::runId).containsExactly("run-1");
        assertThat(runs()).isEmptyDirectory();
    }

    @Test
    void tellsAProcessThatIsGone() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Registration registration = register("run-1");
        Files.writeString(
                registration.file(),
                Files.readString(registration.file()).replaceAll("(?m)^pid=.*$", "pid=" + gone.pid()));

        assertThat(folder().find().died()).extracting(RunDescription::pid).containsExactly(gone.pid());
    }

    @Test
    void leavesRegistrationsOfOtherMachinesAlone() throws Exception {
        Registration registration = register("run-1");
        Files.writeString(
                registration.file(), Files.readString(registration.file()).replaceAll("(?m)^host=.*$", "host=another"));

        assertThat(folder().find().died()).isEmpty();
        assertThat(registration.file()).exists();
    }

    @Test
    void overlooksFilesThatAreNone() throws Exception {
        register("run-1");
        Files.writeString(runs().resolve("a.run"), "pid=one");
        Files.writeString(runs().resolve("b.run"), "\\u12");
        Files.write(runs().resolve("c.run"), new byte[] {(byte) 0xff, (byte) 0xfe});
        Files.write(runs().resolve("d.run"), new byte[1024 * 1024]);

        assertThat(folder().find().alive()).hasSize(1);
    }

    @Test
    void findsAShortPathForTheSocket() {
        RunFolder deep = new RunFolder(state.resolve("long".repeat(30)).resolve("runs"));

        Path socket = deep.socketFor("0123456789-run");

        assertThat(socket.toString()).hasSizeLessThan(100);
        assertThat(socket.getParent()).isDirectory();
        deep.remove(deep.register(RunDescription.ofThisProcess("0123456789-run", "p", START), socket));
        assertThat(socket.getParent()).doesNotExist();
    }

    @Test
    void saysWhereItCannotWrite() throws Exception {
        Files.writeString(state.resolve("odibi"), "a file");

        assertThatThrownBy(() -> folder().socketFor("run-1"))
                .isInstanceOf(ExternalException.class)
                .hasMessageStartingWith("cannot make a place for the control channel");
    }

    @Test
    void ignoresARelativeStateFolder() {
        Registration registration = RunFolder.of(Map.of("XDG_STATE_HOME", "relative", "HOME", state.toString()))
                .register(RunDescription.ofThisProcess("run-1", "p", START), state.resolve("s"));

        assertThat(registration.file()).startsWith(state.resolve(".local/state/odibi/runs"));
    }

    private static String permissions(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
