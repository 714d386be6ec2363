package io.odibi.core.describe;

import io.odibi.core.model.OutputMode;
import io.odibi.core.model.WriteMode;
import java.util.Set;

/**
 * What a sink can do.
 *
 * @param outputModes output modes of a stream into it; none if it takes no streams
 * @param writeModes modes of a batch write; none if it takes no batches
 * @param defaultWriteMode the mode of a batch write that does not say
 * @param delivery what a stream into it is promised
 */
public record SinkTraits(
        Set<OutputMode> outputModes, Set<WriteMode> writeModes, WriteMode defaultWriteMode, Delivery delivery) {

    public SinkTraits {
        outputModes = Set.copyOf(outputModes);
        writeModes = Set.copyOf(writeModes);
    }
}
