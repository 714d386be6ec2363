package io.odibi.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointLockTest {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final LockOwner OTHER = new LockOwner("elsewhere", 1, "2026-01-01T00:00:00Z", "t");

    private final Configuration hadoop = new Configuration();
    private final Unsteady files = unsteady(hadoop);
    private Instant now = CLOCK.instant();
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
    void leavesAStaleLeaseToWhoeverPutItAsideFirst() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        LockOwner here = LockOwner.ofThisProcess(CLOCK.instant());
        LockOwner stale = new LockOwner(here.host(), dead.pid(), here.since(), "t");
        writeLease(stale);
        Files.createFile(lockFile().resolveSibling("retired-t"));

        assertThatThrownBy(this::lease)
                .isInstanceOf(CheckpointInUseException.class)
                .hasMessageContaining("process " + dead.pid());
        assertThat(LockOwner.read(Files.readString(lockFile()))).contains(stale);
    }

    @Test
    void losesALeaseThatItCannotReachForSoLongThatOthersMayTakeIt() throws Exception {
        try (LeaseLock held = lease()) {
            files.areUnreachable = true;
            held.renew();
            now = now.plus(LeaseLock.EXPIRY).minusSeconds(1);
            held.renew();
            assertThat(lost).hasValue(0);

            now = now.plusSeconds(1);
            held.renew();

            assertThat(lost).hasValue(1);
            files.areUnreachable = false;
            assertThatThrownBy(() -> CheckpointGates.pass(entry("offsets")))
                    .isInstanceOf(CheckpointInUseException.class);
        }
        CheckpointGates.pass(entry("offsets"));
    }

    @Test
    void looksBeforeItWritesWhenItStoodStillForLong() throws Exception {
        try (LeaseLock held = lease()) {
            assertThat(held).isNotNull();
            writeLease(OTHER);
            CheckpointGates.pass(entry("commits"));

            now = now.plus(LeaseLock.EXPIRY);

            assertThatThrownBy(() -> CheckpointGates.pass(entry("commits")))
                    .isInstanceOf(CheckpointInUseException.class)
                    .hasMessageContaining("is used by process 1 on elsewhere");
            assertThatThrownBy(() -> CheckpointGates.pass(entry("offsets")))
                    .isInstanceOf(CheckpointInUseException.class);
            CheckpointGates.pass(entry("state"));
        }
    }

    @Test
    void renewsALeaseThatIsStillItsOwnBeforeItWrites() throws Exception {
        try (LeaseLock held = lease()) {
            assertThat(held).isNotNull();
            Files.setLastModifiedTime(lockFile(), FileTime.from(Instant.EPOCH));
            now = now.plus(LeaseLock.EXPIRY);

            CheckpointGates.pass(entry("offsets"));

            assertThat(Files.getLastModifiedTime(lockFile()).toInstant()).isAfter(Instant.EPOCH);
        }
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
                files,
                LockOwner.ofThisProcess(CLOCK.instant()),
                new Standing(),
                lost::incrementAndGet);
    }

    private org.apache.hadoop.fs.Path entry(String log) {
        return new org.apache.hadoop.fs.Path(folder.resolve(log).resolve("7").toUri());
    }

    private static Unsteady unsteady(Configuration hadoop) {
        try {
            return new Unsteady(FileSystem.getLocal(hadoop).getRawFileSystem());
        } catch (IOException fault) {
            throw new IllegalStateException(fault);
        }
    }

    private void writeLease(LockOwner owner) throws Exception {
        Files.createDirectories(lockFile().getParent());
        Files.writeString(lockFile(), owner.line());
    }

    private Path lockFile() {
        return folder.resolve("_odibi/lock");
    }

    /** A disk that may be out of reach for a while. */
    private static final class Unsteady extends FilterFileSystem {
        private volatile boolean areUnreachable;

        private Unsteady(FileSystem files) {
            super(files);
        }

        @Override
        public FSDataInputStream open(org.apache.hadoop.fs.Path file, int buffer) throws IOException {
            if (areUnreachable) {
                throw new IOException("no answer");
            }
            return super.open(file, buffer);
        }
    }

    /** Stands still until the test moves it. */
    private final class Standing extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
