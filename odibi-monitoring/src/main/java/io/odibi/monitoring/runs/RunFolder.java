package io.odibi.monitoring.runs;

import io.odibi.core.error.ExternalException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder in which the runs of this user register: {@code $XDG_STATE_HOME/odibi/runs} or {@code ~/.local/state/odibi/runs}. It is
 * open to its owner alone, so whoever can read it may control what is registered.
 */
public final class RunFolder {

    private static final String SUFFIX = ".run";
    private static final int LONGEST_FILE = 64 * 1024;
    /** Of {@code sun_path}: 108 bytes on Linux, 104 on macOS, with a zero at the end. */
    private static final int LONGEST_SOCKET_PATH = 100;

    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER =
            PosixFilePermissions.asFileAttribute(OWNER_FOLDER);
    private static final FileAttribute<Set<PosixFilePermission>> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path folder;

    /** Takes a folder, which need not exist. */
    public RunFolder(Path folder) {
        this.folder = folder;
    }

    /** Returns the folder that environment variables name. */
    public static RunFolder of(Map<String, String> environment) {
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        // A relative path is to be ignored (XDG Base Directory Specification).
        Path root = Path.of(state).isAbsolute()
                ? Path.of(state)
                : Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", "/")), ".local", "state");
        return new RunFolder(root.resolve("odibi").resolve("runs"));
    }

    /** What the runs that are alive say, and which died without taking back what they said. */
    public record Found(List<Registration> alive, List<RunDescription> died) {

        public Found {
            alive = List.copyOf(alive);
            died = List.copyOf(died);
        }
    }

    /** Reads what is registered, and removes what dead processes left behind. */
    public Found find() {
        List<Registration> alive = new ArrayList<>();
        List<RunDescription> died = new ArrayList<>();
        for (Path file : files()) {
            Registration.parse(read(file), file).ifPresent(entry -> {
                if (entry.process().isGone()) {
                    remove(entry.registration());
                    died.add(entry.registration().run());
                } else {
                    alive.add(entry.registration());
                }
            });
        }
        alive.sort((one, other) -> one.run().started().compareTo(other.run().started()));
        return new Found(alive, died);
    }

    /**
     * Returns where the control channel of a run is to listen: in this folder, or in a new one with a short path where this one's is
     * too long for a socket.
     *
     * @throws ExternalException if there is no such place
     */
    public Path socketFor(String runId) {
        String name = runId.substring(0, Math.min(8, runId.length())) + ".sock";
        try {
            create();
            Path here = folder.resolve(name);
            if (here.toString().getBytes(java.nio.charset.Charset.defaultCharset()).length <= LONGEST_SOCKET_PATH) {
                return here;
            }
            return Files.createTempDirectory(Path.of("/tmp"), "odibi-", FOLDER).resolve(name);
        } catch (IOException | UnsupportedOperationException fault) {
            throw new ExternalException("cannot make a place for the control channel in '" + folder + "'", fault);
        }
    }

    /**
     * Registers a run of this process.
     *
     * @throws ExternalException if the folder cannot be written, or is somebody else's
     */
    public Registration register(RunDescription run, Path socket) {
        Registration registration = new Registration(run, socket, folder.resolve(run.runId() + SUFFIX));
        try {
            create();
            write(registration.file(), registration.text(LocalProcess.current().start()));
        } catch (IOException | UnsupportedOperationException fault) {
            throw new ExternalException("cannot register the run in '" + folder + "'", fault);
        }
        return registration;
    }

    /**
     * Writes a secret that belongs to a run for its owner's eyes alone.
     *
     * @throws ExternalException if the folder cannot be written, or is somebody else's
     */
    public Path writeSecret(String runId, String secret) {
        Path file = secretOf(runId);
        try {
            create();
            write(file, secret);
            return file;
        } catch (IOException | UnsupportedOperationException fault) {
            throw new ExternalException("cannot write the token to '" + file + "'", fault);
        }
    }

    /** Takes back what a run left here. */
    public void remove(Registration registration) {
        delete(registration.file());
        delete(registration.socket());
        removeSecret(registration.run().runId());
        Path place = registration.socket().toAbsolutePath().getParent();
        if (place != null && !place.equals(folder.toAbsolutePath())) {
            delete(place);
        }
    }

    /** Takes back what {@link #writeSecret} wrote. */
    public void removeSecret(String runId) {
        delete(secretOf(runId));
    }

    private Path secretOf(String runId) {
        return folder.resolve(runId + ".token");
    }

    private void create() throws IOException {
        Path parent = folder.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            Files.createDirectory(folder, FOLDER);
        } catch (FileAlreadyExistsException there) {
            // Throws if it is somebody else's.
            Files.setPosixFilePermissions(folder, OWNER_FOLDER);
        }
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("not a folder: " + folder);
        }
    }

    /** A reader sees the whole file or none. */
    private void write(Path file, String text) throws IOException {
        Path unfinished = Files.createTempFile(folder, "new-", ".tmp", FILE);
        try {
            Files.writeString(unfinished, text, StandardOpenOption.WRITE);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(SUFFIX)).toList();
        } catch (IOException fault) {
            throw new ExternalException("cannot read '" + folder + "'", fault);
        }
    }

    private static String read(Path file) {
        try {
            return Files.size(file) > LONGEST_FILE ? "" : Files.readString(file);
        } catch (IOException gone) {
            return "";
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException left) {
            // What cannot be removed is seen as dead by the next reader as well.
            return;
        }
    }
}
