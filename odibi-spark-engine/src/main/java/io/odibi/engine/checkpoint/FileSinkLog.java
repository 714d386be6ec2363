package io.odibi.engine.checkpoint;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The list of its files that a stream keeps in the folder that it writes. Readers follow it and see nothing else; and Spark passes over
 * a micro-batch whose number is in it, whichever query that is of.
 */
public final class FileSinkLog {

    private static final String FOLDER = "_spark_metadata";
    private static final Pattern BATCH = Pattern.compile("(\\d{1,18})(?:\\.compact)?");

    private FileSinkLog() {}

    /**
     * Returns the number of the last micro-batch that a stream has written to a folder; empty if none has.
     *
     * @throws IOException if the folder cannot be looked at
     */
    public static OptionalLong lastBatch(String folder, Configuration hadoop) throws IOException {
        return last(new Path(folder, FOLDER), hadoop);
    }

    /**
     * Whether micro-batches would be passed over that a query is yet to write: those in the folder are not its own.
     *
     * @param folder where it writes
     * @param checkpoint the query's checkpoint
     * @throws IOException if one of them cannot be looked at
     */
    public static boolean isOfAnother(String folder, String checkpoint, Configuration hadoop) throws IOException {
        OptionalLong written = lastBatch(folder, hadoop);
        return written.isPresent()
                && written.getAsLong()
                        > last(new Path(checkpoint, "offsets"), hadoop).orElse(-1);
    }

    private static OptionalLong last(Path folder, Configuration hadoop) throws IOException {
        try {
            return Arrays.stream(folder.getFileSystem(hadoop).listStatus(folder))
                    .map(FileStatus::getPath)
                    .map(path -> BATCH.matcher(path.getName()))
                    .filter(Matcher::matches)
                    .mapToLong(name -> Long.parseLong(name.group(1)))
                    .max();
        } catch (FileNotFoundException none) {
            return OptionalLong.empty();
        }
    }
}
