package io.odibi.core.describe;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A write, described. */
public sealed interface Target {

    /** A name for people: {@code delta ./data/events_stream}. */
    String label();

    /**
     * A write through a format that the engine knows.
     *
     * @param format the engine's name of the format
     * @param location where the data goes; empty where the options say it
     * @param partitionBy columns that split the files, in order
     * @param options what is handed to the format
     * @param label a name for people
     */
    record FormatTarget(
            String format, Optional<DataLocation> location, List<String> partitionBy, Options options, String label)
            implements Target {
        public FormatTarget {
            Objects.requireNonNull(format, "format");
            partitionBy = List.copyOf(partitionBy);
        }
    }

    /**
     * A write that a plugin does itself, one micro-batch (or one whole batch) at a time.
     *
     * @param writer does it
     * @param label a name for people
     * @param <D> the engine's dataset type
     */
    record BatchTarget<D>(BatchWriter<D> writer, String label) implements Target {}

    /**
     * Writes one batch with the engine's own types.
     *
     * @param <D> the engine's dataset type
     */
    @FunctionalInterface
    interface BatchWriter<D> {

        /**
         * Writes a batch, all of it. Called by the query's thread, one batch at a time; again with the same identity after a
         * failure, so a writer that must not write twice keeps the identity with what it writes.
         *
         * @param rows the batch; to be consumed once, whole: of a stream, one that is not fails
         * @param batch which batch this is
         */
        void write(D rows, BatchIdentity batch);
    }

    /**
     * Which batch a write is.
     *
     * @param query the query's id, the same after each restart from its checkpoint
     * @param number counts up by one
     */
    record BatchIdentity(String query, long number) {}
}
