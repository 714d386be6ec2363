package io.odibi.core.model;

import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.Located;
import io.odibi.core.text.Position;
import java.util.List;
import java.util.Optional;

/**
 * Where a node writes.
 *
 * @param connection the connection's name; empty for formats that need none
 * @param format the format's name
 * @param table a table, if one is named
 * @param path a path, if one is named
 * @param mode what a write does with what is there; empty for the default
 * @param partitionBy columns that split the files, in order
 * @param settings the format's own settings: what stands in {@code options:} and beside it
 * @param at where it was written
 */
public record WriteSpec(
        Optional<Located<String>> connection,
        Located<String> format,
        Optional<Located<String>> table,
        Optional<Located<String>> path,
        Optional<Located<WriteMode>> mode,
        List<Located<String>> partitionBy,
        Mapping settings,
        Position at) {

    /** The language's own keys of a write, beside which the format's settings stand. */
    public static final List<String> KEYS = List.of(
            "connection", "format", "table", "path", "mode", "partition_by", "streaming", "merge_options", "options");

    public WriteSpec {
        partitionBy = List.copyOf(partitionBy);
    }
}
