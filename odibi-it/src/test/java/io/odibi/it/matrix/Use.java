package io.odibi.it.matrix;

/** One thing that can be done with a format: a column of the table in {@code docs/formats.md}. */
public enum Use {
    /** Rows are read in batch. */
    READ_BATCH("read: batch"),
    /** Rows are read as a stream. */
    READ_STREAM("read: stream"),
    /** A batch is added, {@code mode: append}. */
    APPEND_BATCH("batch: append"),
    /** A batch takes the place of what is there, {@code mode: overwrite}. */
    OVERWRITE_BATCH("batch: overwrite"),
    /** A batch is merged by its keys, {@code mode: upsert}. */
    UPSERT_BATCH("batch: upsert"),
    /** A stream writes in output mode append. */
    APPEND_STREAM("stream: append"),
    /** A stream writes in output mode update. */
    UPDATE_STREAM("stream: update"),
    /** A stream writes in output mode complete. */
    COMPLETE_STREAM("stream: complete"),
    /** A stream in output mode append is merged by its keys. */
    UPSERT_APPEND_STREAM("stream: upsert, append"),
    /** A stream in output mode update is merged by its keys. */
    UPSERT_UPDATE_STREAM("stream: upsert, update");

    private final String words;

    Use(String words) {
        this.words = words;
    }

    /** The head of the column. */
    String words() {
        return words;
    }
}
