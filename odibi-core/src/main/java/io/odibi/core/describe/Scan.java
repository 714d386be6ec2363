package io.odibi.core.describe;

import java.util.Objects;
import java.util.Optional;

/** A read, described. */
public sealed interface Scan {

    /** What is known of the columns before it runs. */
    ScanSchema schema();

    /** A name for people: {@code kafka topic raw_events}. */
    String label();

    /**
     * A read through a format that the engine knows.
     *
     * @param format the engine's name of the format
     * @param location where the data lies; empty where the options say it
     * @param options what is handed to the format
     * @param schema what is known of the columns
     * @param label a name for people
     * @param numbering how its rows are numbered when it is read as a stream; empty where the format watches over that itself
     */
    record FormatScan(
            String format,
            Optional<DataLocation> location,
            Options options,
            ScanSchema schema,
            String label,
            Optional<Numbering> numbering)
            implements Scan {
        public FormatScan {
            Objects.requireNonNull(format, "format");
            Objects.requireNonNull(label, "label");
        }

        /** Makes a read of a format that watches over its rows itself. */
        public FormatScan(
                String format, Optional<DataLocation> location, Options options, ScanSchema schema, String label) {
            this(format, location, options, schema, label, Optional.empty());
        }
    }

    /**
     * A read that a plugin does itself with the engine's own types.
     *
     * @param reader does it
     * @param schema what is known of the columns
     * @param label a name for people
     * @param <D> the engine's dataset type
     */
    record CustomScan<D>(Reader<D> reader, ScanSchema schema, String label) implements Scan {}

    /**
     * Reads with the engine's own types.
     *
     * @param <D> the engine's dataset type
     */
    @FunctionalInterface
    interface Reader<D> {

        /**
         * Starts the read. Called once per start of the node, by the thread that starts it.
         *
         * @param session the engine's session object ({@code org.apache.spark.sql.SparkSession} for Spark)
         * @return the rows, lazily
         */
        D read(Object session);
    }
}
