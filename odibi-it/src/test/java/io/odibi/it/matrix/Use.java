package io.odibi.it.matrix;

/** One thing that can be done with a format: a cell of the table in {@code docs/formats.md}. */
public enum Use {
    /** Rows are read in batch. */
    READ_BATCH,
    /** Rows are read as a stream. */
    READ_STREAM,
    /** A batch is added, {@code mode: append}. */
    APPEND_BATCH,
    /** A batch takes the place of what is there, {@code mode: overwrite}. */
    OVERWRITE_BATCH,
    /** A batch is merged by its keys, {@code mode: upsert}. */
    UPSERT_BATCH,
    /** A stream writes in output mode append. */
    APPEND_STREAM,
    /** A stream writes in output mode update. */
    UPDATE_STREAM,
    /** A stream writes in output mode complete. */
    COMPLETE_STREAM,
    /** A stream in output mode append is merged by its keys. */
    UPSERT_APPEND_STREAM,
    /** A stream in output mode update is merged by its keys. */
    UPSERT_UPDATE_STREAM
}
