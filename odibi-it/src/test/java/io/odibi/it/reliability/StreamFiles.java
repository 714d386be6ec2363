package io.odibi.it.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a stream into Delta has on disk, read beside it: Spark's checkpoint and the table's log.
 *
 * @param checkpoint the stream's checkpoint
 * @param table the Delta table's folder
 */
record StreamFiles(Path checkpoint, Path table) {

    private static final Pattern TRANSACTION = Pattern.compile("\"txn\":\\{\"appId\":\"[^\"]*\",\"version\":(\\d+)");

    /**
     * How far a stream is: the newest micro-batch that was begun, that is in the table, and that is over; -1 for none.
     *
     * @param begun by the offset log
     * @param landed by the table's log
     * @param over by the commit log
     */
    record Progress(long begun, long landed, long over) {

        /** At what moment a process was killed that found the stream at {@code before}. */
        Moment since(Progress before) {
            if (equals(before)) {
                return Moment.STARTING;
            }
            if (begun == over) {
                return Moment.BETWEEN;
            }
            return landed == begun ? Moment.IN_TABLE : Moment.IN_HAND;
        }
    }

    /** The kinds of moments at which a process may die. */
    enum Moment {
        /** It has not got further than the one before it. */
        STARTING,
        /** A micro-batch has begun, and is not in the table. */
        IN_HAND,
        /** A micro-batch is in the table, and the checkpoint does not know it. */
        IN_TABLE,
        /** All that has begun is over. */
        BETWEEN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** How far the stream is now; what is written meanwhile may be seen or not. */
    Progress progress() {
        // In the order in which a micro-batch writes them, backwards: what is over was begun.
        long over = newest(numbered(checkpoint.resolve("commits"), "\\d+"));
        long landed = landed();
        return new Progress(newest(numbered(checkpoint.resolve("offsets"), "\\d+")), landed, over);
    }

    private long landed() {
        List<Path> commits = numbered(table.resolve("_delta_log"), "\\d+\\.json");
        for (int i = commits.size() - 1; i >= 0; i--) {
            Matcher transaction = TRANSACTION.matcher(text(commits.get(i)));
            if (transaction.find()) {
                return Long.parseLong(transaction.group(1));
            }
        }
        return -1;
    }

    private static long newest(List<Path> files) {
        return files.isEmpty()
                ? -1
                : Long.parseLong(files.get(files.size() - 1).getFileName().toString());
    }

    /** The files with such names, in the order of their numbers. */
    private static List<Path> numbered(Path folder, String name) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(name))
                    .sorted((one, other) -> Long.compare(number(one), number(other)))
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static long number(Path file) {
        return Long.parseLong(file.getFileName().toString().replace(".json", ""));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException cleaned) {
            return "";
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
