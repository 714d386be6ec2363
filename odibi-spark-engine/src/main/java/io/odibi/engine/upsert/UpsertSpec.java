package io.odibi.engine.upsert;

import io.odibi.core.describe.DataLocation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an upsert does.
 *
 * @param location the table
 * @param keys columns that say which row is which; two rows without a value are the same
 * @param orderBy of rows with one key in a batch, the one with the greatest value here wins; empty to refuse such rows
 * @param updateWhen which known rows change; empty for all
 * @param insertWhen which unknown rows are added; empty for all
 * @param deleteWhen which known rows go; empty for none
 * @param schema what is done with columns that the table lacks
 * @param partitionBy columns that split the files of a table that is created
 * @param properties properties of a table that is created
 */
public record UpsertSpec(
        DataLocation location,
        List<String> keys,
        Optional<String> orderBy,
        Optional<String> updateWhen,
        Optional<String> insertWhen,
        Optional<String> deleteWhen,
        SchemaChange schema,
        List<String> partitionBy,
        Map<String, String> properties) {

    /** What is done with columns that the table lacks. */
    public enum SchemaChange {
        /** They are an error. */
        REFUSED,
        /** The table gets them. */
        ADDED
    }

    public UpsertSpec {
        keys = List.copyOf(keys);
        partitionBy = List.copyOf(partitionBy);
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("no keys");
        }
    }
}
