package io.odibi.core.model;

/** How a node treats its input. */
public enum Processing {
    /** As a whole, once. */
    BATCH,
    /** As it comes, in micro-batches. */
    STREAMING;

    /** The word for a person: {@code in batch}, {@code as a stream}. */
    public String adverb() {
        return this == BATCH ? "in batch" : "as a stream";
    }
}
