package io.odibi.core.describe;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * How the rows of a stream are numbered: in each partition of the source from the number at which a micro-batch starts up to, and without,
 * the one at which it ends, with none left out. An engine that is told so holds the rows against their numbers, bounds the micro-batches
 * itself, and knows how many rows wait.
 *
 * @param column the column with the number, a BIGINT
 * @param rowsPerBatch how many rows one micro-batch takes, at least 1; empty for all that wait
 * @param gaps what is done where numbers are missing; rows whose numbers come again are left out in any case
 */
public record Numbering(String column, OptionalLong rowsPerBatch, Gaps gaps) {

    /** What is done where numbers are missing. */
    public enum Gaps {
        /** The node fails before the micro-batch is written, with the numbers named. */
        REFUSED,
        /** The rows after the gap are taken. */
        ACCEPTED
    }

    public Numbering {
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(gaps, "gaps");
        if (rowsPerBatch.isPresent() && rowsPerBatch.getAsLong() < 1) {
            throw new IllegalArgumentException("no rows in a micro-batch");
        }
    }
}
