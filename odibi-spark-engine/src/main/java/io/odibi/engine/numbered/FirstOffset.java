package io.odibi.engine.numbered;

import io.odibi.core.error.ExternalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Where a stream has begun. Sources that count per partition, Kafka's and Event Hubs', write it to the first file of their folder in the
 * checkpoint before they give their first offset: a version, then the offset as JSON in the last line.
 */
final class FirstOffset {

    private final Path file;
    private final SparkSession session;

    FirstOffset(String folder, SparkSession session) {
        this.file = new Path(folder, "0");
        this.session = session;
    }

    /** Returns the offset; empty while it has not been written. */
    Optional<PartitionOffsets> read() {
        try {
            FileSystem files = file.getFileSystem(session.sessionState().newHadoopConf());
            if (!files.exists(file)) {
                return Optional.empty();
            }
            try (FSDataInputStream in = files.open(file)) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                return PartitionOffsets.read(text.substring(text.lastIndexOf('\n') + 1));
            }
        } catch (IOException fault) {
            throw new ExternalException("cannot read " + file + ", where the stream has begun", fault);
        }
    }
}
