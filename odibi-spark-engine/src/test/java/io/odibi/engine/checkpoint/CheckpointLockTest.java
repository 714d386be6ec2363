package io.odibi.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointLockTest {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final LockOwner OTHER = new LockOwner("elsewhere", 1, "2026-01-01T00:00:00Z", "t");

    private final Configuration hadoop = new Configuration();
    private final AtomicInteger lost = new AtomicInteger();

    @TempDir
    Path folder;

    @Test
    void refusesASecondQueryOfThisProcess() throws Exception {
        try (CheckpointLock held = local()) {
            assertThat(held).isNotNull();
            assertThatThrownBy(this::local)
                    .isInstanceOf(CheckpointInUseException.class)
                    .hasMessageEndingWith("is used by another query of this process");
        }
        local().close();
    }

    @Test
    void namesTheProcessThatUsesACheckpoint() throws Exception {
        Process other = OtherProcess.thatHolds(folder);
        try {
            assertThatThrownBy(this::local)
                    .isInstanceOf(CheckpointInUseException.class)
                    .hasMessageContaining("is used by process " + other.pid() + " on ");
        } finally {
            other.destroyForcibly().waitFor();
        }
        local().close();
    }

    @Test
    void refusesASecondLease() throws Exception {
        try (CheckpointLock held = lease()) {
            assertThat(held).isNotNull();
            assertThatThrownBy(this::lease)
                    .isInstanceOf(CheckpointInUseException.class)
                    .hasMessageContaining(
                            "is used by process " + ProcessHandle.current().pid());
        }
        lease().close();
    }

    @Test
    void takesALeaseOverThatIsNotRenewed() throws Exception {
        writeLease(OTHER);
        assertThatThrownBy(this::lease).hasMessageContaining("process 1 on elsewhere (since 2026-01-01T00:00:00Z)");

        Instant expired = CLOCK.instant().minus(LeaseLock.EXPIRY).minusSeconds(1);
        Files.setLastModifiedTime(lockFile(), FileTime.from(expired));

        lease().close();
        assertThat(lockFile()).doesNotExist();
    }

    @Test
    void takesTheLeaseOfADeadProcessOfThisMachineOverAtOnce() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        LockOwner here = LockOwner.ofThisProcess(CLOCK.instant());
        writeLease(new LockOwner(here.host(), dead.pid(), here.since(), "t"));

        lease().close();
    }

    @Test
    void saysThatALeaseIsLost() throws Exception {
        try (LeaseLock held = lease()) {
            held.renew();
            assertThat(lost).hasValue(0);

            writeLease(OTHER);
            held.renew();

            assertThat(lost).hasValue(1);
        }
        assertThat(LockOwner.read(Files.readString(lockFile())))
                .as("the other's lease stays")
                .contains(OTHER);
    }

    @Test
    void readsNothingFromADamagedFile() {
        assertThat(LockOwner.read("")).isEmpty();
        assertThat(LockOwner.read("host pid since token")).isEmpty();
        LockOwner owner = LockOwner.ofThisProcess(CLOCK.instant());
        assertThat(LockOwner.read(owner.line())).contains(owner);
    }

    private CheckpointLock local() throws Exception {
        return CheckpointLock.take(folder.toUri().toString(), hadoop, CLOCK, lost::incrementAndGet);
    }

    private LeaseLock lease() throws Exception {
        return LeaseLock.take(
                new org.apache.hadoop.fs.Path(folder.toUri()),
                FileSystem.getLocal(hadoop).getRawFileSystem(),
                LockOwner.ofThisProcess(CLOCK.instant()),
                CLOCK,
                lost::incrementAndGet);
    }

    private void writeLease(LockOwner owner) throws Exception {
        Files.createDirectories(lockFile().getParent());
        Files.writeString(lockFile(), owner.line());
    }

    private Path lockFile() {
        return folder.resolve("_odibi/lock");
    }
}
