package io.odibi.core.model;

import java.util.Locale;

/** Which rows of a streaming result are written per micro-batch. */
public enum OutputMode {
    /** Rows that will not change any more. */
    APPEND,
    /** Rows that are new or have changed. */
    UPDATE,
    /** All rows of the result, each time; only over an aggregate. */
    COMPLETE;

    /** The mode as the user writes it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
