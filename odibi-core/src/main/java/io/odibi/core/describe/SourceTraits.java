package io.odibi.core.describe;

import io.odibi.core.model.Processing;
import java.util.Set;

/**
 * What a source can do.
 *
 * @param processing the ways in which it can be read
 * @param replay whether the same offsets give the same rows again after a failure
 */
public record SourceTraits(Set<Processing> processing, Replay replay) {

    /** Whether a source gives the same rows again. */
    public enum Replay {
        /** By its offsets. */
        BY_OFFSET,
        /** What was read is gone. */
        NONE
    }

    public SourceTraits {
        processing = Set.copyOf(processing);
    }
}
