package io.odibi.engine.checkpoint;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathFilter;
import org.apache.spark.sql.execution.streaming.CheckpointFileManager;
import org.jspecify.annotations.Nullable;

/**
 * Checkpoint files on a local disk. What is created appears whole or not at all, also when the process or the machine dies; of two
 * that create one file without overwriting, one fails. Starts no processes and writes no {@code .crc} files.
 */
final class LocalCheckpointFiles implements CheckpointFileManager {

    private static final long BLOCK = 32L << 20;

    private final Path root;

    LocalCheckpointFiles(Path root) {
        this.root = root;
    }

    @Override
    public CancellableFSDataOutputStream createAtomic(Path path, boolean overwriteIfPossible) {
        try {
            return AtomicFile.begin(nio(path), overwriteIfPossible);
        } catch (NoSuchFileException missing) {
            throw Sneaky.raise(notFound(missing));
        } catch (IOException fault) {
            throw Sneaky.raise(fault);
        }
    }

    @Override
    public FSDataInputStream open(Path path) {
        try {
            return new FSDataInputStream(new SeekableFile(nio(path)));
        } catch (NoSuchFileException missing) {
            throw Sneaky.raise(notFound(missing));
        } catch (IOException fault) {
            throw Sneaky.raise(fault);
        }
    }

    @Override
    public FileStatus[] list(Path path, PathFilter filter) {
        Path folder = qualified(path);
        List<FileStatus> found = new ArrayList<>();
        try (DirectoryStream<java.nio.file.Path> children = Files.newDirectoryStream(nio(path))) {
            for (java.nio.file.Path child : children) {
                Path name = new Path(folder, String.valueOf(child.getFileName()));
                if (filter.accept(name)) {
                    addStatus(child, name, found);
                }
            }
        } catch (NotDirectoryException file) {
            if (filter.accept(folder)) {
                addStatus(nio(path), folder, found);
            }
        } catch (NoSuchFileException missing) {
            throw Sneaky.raise(notFound(missing));
        } catch (IOException fault) {
            throw Sneaky.raise(fault);
        }
        return found.toArray(FileStatus[]::new);
    }

    private static void addStatus(java.nio.file.Path file, Path name, List<FileStatus> found) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            found.add(new FileStatus(
                    attributes.isDirectory() ? 0 : attributes.size(),
                    attributes.isDirectory(),
                    1,
                    BLOCK,
                    attributes.lastModifiedTime().toMillis(),
                    name));
        } catch (NoSuchFileException gone) {
            // Between the listing and the look: a temporary file of another thread.
        } catch (IOException fault) {
            throw Sneaky.raise(fault);
        }
    }

    @Override
    public void mkdirs(Path path) {
        try {
            Files.createDirectories(nio(path));
        } catch (java.nio.file.FileAlreadyExistsException file) {
            throw Sneaky.raise(
                    new FileAlreadyExistsException("cannot create the folder " + path + ": a file is there"));
        } catch (IOException fault) {
            throw Sneaky.raise(fault);
        }
    }

    @Override
    public boolean exists(Path path) {
        return Files.exists(nio(path));
    }

    @Override
    public void delete(Path path) {
        try {
            Files.walkFileTree(nio(path), new Deletion());
        } catch (NoSuchFileException gone) {
            // As asked for.
        } catch (IOException fault) {
            throw Sneaky.raise(fault);
        }
    }

    @Override
    public boolean isLocal() {
        return true;
    }

    @Override
    public Path createCheckpointDirectory() {
        mkdirs(root);
        return qualified(root);
    }

    private static java.nio.file.Path nio(Path path) {
        // The path component is decoded; java.nio.file.Path.of(uri) would refuse URIs without a scheme.
        return java.nio.file.Path.of(path.toUri().getPath());
    }

    private static Path qualified(Path path) {
        return new Path("file", null, nio(path).toAbsolutePath().normalize().toString());
    }

    private static IOException notFound(NoSuchFileException missing) {
        FileNotFoundException found = new FileNotFoundException("File " + missing.getFile() + " does not exist");
        found.initCause(missing);
        return found;
    }

    private static final class Deletion extends SimpleFileVisitor<java.nio.file.Path> {
        @Override
        public FileVisitResult visitFile(java.nio.file.Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(java.nio.file.Path file, IOException fault) throws IOException {
            if (fault instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw fault;
        }

        @Override
        public FileVisitResult postVisitDirectory(java.nio.file.Path folder, @Nullable IOException fault)
                throws IOException {
            if (fault != null) {
                throw fault;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
