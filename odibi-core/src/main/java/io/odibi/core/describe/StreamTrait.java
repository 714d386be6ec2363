package io.odibi.core.describe;

/** What a transform does to a stream. */
public enum StreamTrait {
    /** Looks at one row at a time. */
    STATELESS,
    /** Remembers rows; needs a watermark to forget them. */
    STATEFUL,
    /** Whether it can run, the engine's analysis of the step tells. */
    BY_ANALYSIS,
    /** Needs its whole input: only over an aggregate in complete mode. */
    NEEDS_COMPLETE_INPUT,
    /** Has no streaming form, or runs its input before the step ends (collects, counts): never on a stream. */
    BATCH_ONLY
}
