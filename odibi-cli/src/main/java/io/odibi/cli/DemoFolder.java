package io.odibi.cli;

import io.odibi.cli.demo.DemoException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The demo's files. In a folder of the user's everything stays; in a temporary one the table and its checkpoint do, if any were made,
 * and the rest goes when this is closed.
 */
final class DemoFolder implements AutoCloseable {

    private final Path root;
    private final boolean isTemporary;

    private DemoFolder(Path root, boolean isTemporary) {
        this.root = root;
        this.isTemporary = isTemporary;
    }

    /**
     * Opens the user's folder, or a new temporary one.
     *
     * @throws UsageException if the user's folder cannot be made or has something in it
     */
    static DemoFolder open(Optional<Path> wanted) {
        try {
            if (wanted.isEmpty()) {
                return new DemoFolder(Files.createTempDirectory("odibi-demo-"), true);
            }
            Path folder = Files.createDirectories(wanted.get().toAbsolutePath().normalize());
            try (Stream<Path> content = Files.list(folder)) {
                if (content.findAny().isPresent()) {
                    throw new UsageException("'--dir' cannot be '" + wanted.get() + "': it is not empty");
                }
            }
            return new DemoFolder(folder, false);
        } catch (IOException cause) {
            throw new UsageException(
                    "cannot make the folder '" + wanted.map(Path::toString).orElse("temporary") + "'");
        }
    }

    /** Where the broker keeps its data and its log. */
    Path broker() {
        return root.resolve("broker");
    }

    /** Where the project's tables and checkpoints go. */
    Path lake() {
        return root.resolve("lake");
    }

    /** The table that the example writes. */
    Path table() {
        return lake().resolve("events_stream");
    }

    /** For what is needed for a moment. */
    Path scratch() {
        return root.resolve("scratch");
    }

    /** What becomes of the table, for a person. */
    String kept() {
        return isTemporary ? " (kept until you remove it)" : "";
    }

    @Override
    public void close() {
        remove(scratch());
        if (isTemporary) {
            remove(broker());
            if (!Files.exists(table())) {
                remove(root);
            }
        }
    }

    private static void remove(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException | UncheckedIOException cause) {
            throw new DemoException("cannot remove '" + folder + "'", cause);
        }
        for (Path one : deepestFirst) {
            try {
                Files.deleteIfExists(one);
            } catch (IOException cause) {
                throw new DemoException("cannot remove '" + one + "'", cause);
            }
        }
    }
}
