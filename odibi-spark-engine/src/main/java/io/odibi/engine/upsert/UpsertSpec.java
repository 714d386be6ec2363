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
 * @param strategy what is done with known and unknown rows
 * @param orderBy of rows with one key in a batch, the one with the greatest value here wins; empty to refuse such rows
 * @param updateWhen which known rows change; empty for all
 * @param insertWhen which unknown rows are added; empty for all
 * @param deleteWhen which known rows go; empty for none, or for all where the strategy is to delete
 * @param audit columns that say when a row was written
 * @param schema what is done with columns that the table lacks
 * @param partitionBy columns that split the files of a table that is created
 * @param properties properties of a table that is created
 */
public record UpsertSpec(
        DataLocation location,
        List<String> keys,
        Strategy strategy,
        Optional<String> orderBy,
        Optional<String> updateWhen,
        Optional<String> insertWhen,
        Optional<String> deleteWhen,
        AuditColumns audit,
        SchemaChange schema,
        List<String> partitionBy,
        Map<String, String> properties) {

    /** What is done with rows whose key is known, and with those whose key is not. */
    public enum Strategy {
        /** Known rows change, the others are added. */
        UPSERT,
        /** Known rows stay as they are, the others are added. */
        APPEND_ONLY,
        /** Known rows go, none are added. */
        DELETE_MATCH
    }

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
