package io.odibi.core.execution;

import java.util.OptionalLong;

/**
 * How many rows a node took and gave, where that is known without a second pass over the data.
 *
 * @param in rows read; absent where unknown
 * @param out rows written or handed on; absent where unknown
 */
public record RowCounts(OptionalLong in, OptionalLong out) {

    /** Returns that nothing is known. */
    public static RowCounts unknown() {
        return new RowCounts(OptionalLong.empty(), OptionalLong.empty());
    }
}
