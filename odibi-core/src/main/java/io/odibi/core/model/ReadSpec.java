package io.odibi.core.model;

import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.Located;
import io.odibi.core.text.Position;
import java.util.List;
import java.util.Optional;

/**
 * What a node reads.
 *
 * @param connection the connection's name; empty for formats that need none
 * @param format the format's name
 * @param table a table, if one is named
 * @param path a path, if one is named
 * @param processing how it is read; empty for the way of its node (of a named input: in batch)
 * @param settings the format's own settings: what stands in {@code options:} and beside it
 * @param at where it was written
 */
public record ReadSpec(
        Optional<Located<String>> connection,
        Located<String> format,
        Optional<Located<String>> table,
        Optional<Located<String>> path,
        Optional<Located<Processing>> processing,
        Mapping settings,
        Position at) {

    /** The language's own keys of a read, beside which the format's settings stand. */
    public static final List<String> KEYS = List.of("connection", "format", "table", "path", "streaming", "options");
}
