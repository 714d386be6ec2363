package io.odibi.core.model;

import java.util.Locale;

/** What a batch write does with what is there already. */
public enum WriteMode {
    /** Takes its place. */
    OVERWRITE,
    /** Adds to it. */
    APPEND,
    /** Changes rows with a known key and adds the others. */
    UPSERT,
    /** Adds only rows with a new key. */
    APPEND_ONCE;

    /** Whether rows are told apart by their keys. */
    public boolean isByKeys() {
        return this == UPSERT || this == APPEND_ONCE;
    }

    /** The mode as the user writes it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
