package io.odibi.engine.streaming;

import io.odibi.engine.numbered.PartitionOffsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** How many records lie between two offsets of a source that counts per partition. Other sources have no such count. */
final class OffsetLag {

    private OffsetLag() {}

    /**
     * Returns the count.
     *
     * @param end up to where the source was read; null if nothing was
     * @param latest where the source ends; null if it does not say
     */
    static OptionalLong between(@Nullable String end, @Nullable String latest) {
        Optional<PartitionOffsets> read = Optional.ofNullable(end).flatMap(PartitionOffsets::read);
        Optional<PartitionOffsets> there = Optional.ofNullable(latest).flatMap(PartitionOffsets::read);
        return read.isPresent() && there.isPresent()
                ? OptionalLong.of(read.get().until(there.get()))
                : OptionalLong.empty();
    }
}
