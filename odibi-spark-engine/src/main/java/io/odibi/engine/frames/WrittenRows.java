package io.odibi.engine.frames;

import io.delta.tables.DeltaTable;
import io.odibi.core.describe.DataLocation;
import io.odibi.core.describe.Target;
import io.odibi.core.describe.Target.BatchTarget;
import io.odibi.core.describe.Target.FormatTarget;
import io.odibi.core.error.ExternalException;
import io.odibi.engine.failure.SparkMessage;
import io.odibi.engine.upsert.DeltaUpsert;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** What a stream that has ended has written: the rows that a batch node takes which builds on it. */
public final class WrittenRows {

    private static final String DELTA = "delta";

    private record Place(String format, DataLocation location, Map<String, String> options) {}

    private WrittenRows() {}

    /** Whether what is written to a target can be read again. */
    public static boolean areReadable(Target target) {
        return place(target).isPresent();
    }

    /**
     * Returns the rows, lazily; none if the stream has never written any.
     *
     * @param session where they are read
     * @param target where they were written; a {@linkplain #areReadable readable} one
     * @param columns the stream's columns
     */
    static Dataset<Row> read(SparkSession session, Target target, StructType columns) {
        Place place = place(target).orElseThrow();
        if (!isThere(session, place)) {
            return session.createDataFrame(List.of(), columns.asNullable());
        }
        DataFrameReader reader = session.read().format(place.format());
        if (!place.format().equals(DELTA)) {
            reader.schema(columns.asNullable()).options(place.options());
        }
        return place.location().fold(path -> reader.load(path.path()), table -> reader.table(table.name()));
    }

    private static Optional<Place> place(Target target) {
        if (target instanceof FormatTarget format) {
            return format.location()
                    .map(at -> new Place(format.format(), at, format.options().reveal()));
        }
        return ((BatchTarget<?>) target).writer() instanceof DeltaUpsert upsert
                ? Optional.of(new Place(DELTA, upsert.location(), Map.of()))
                : Optional.empty();
    }

    private static boolean isThere(SparkSession session, Place place) {
        return place.location()
                .fold(
                        path -> place.format().equals(DELTA)
                                ? DeltaTable.isDeltaTable(session, path.path())
                                : exists(session, path.path()),
                        table -> session.catalog().tableExists(table.name()));
    }

    private static boolean exists(SparkSession session, String folder) {
        Path path = new Path(folder);
        try {
            return path.getFileSystem(session.sessionState().newHadoopConf()).exists(path);
        } catch (IOException fault) {
            throw new ExternalException("cannot read " + folder + ": " + SparkMessage.firstLine(fault), fault);
        }
    }
}
