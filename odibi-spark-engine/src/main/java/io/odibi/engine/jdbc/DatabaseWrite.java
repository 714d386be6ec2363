package io.odibi.engine.jdbc;

import io.odibi.core.describe.Options;
import io.odibi.core.model.Processing;
import io.odibi.core.model.WriteMode;
import java.util.List;
import java.util.Optional;

/**
 * What a write does.
 *
 * @param options what the connection is
 * @param table the table
 * @param mode what happens to what is there
 * @param processing whether micro-batches come, or one batch
 * @param keys of an upsert, columns that say which row is which
 * @param orderBy of an upsert, of rows with one key in a batch the one with the greatest value here wins; empty to refuse such rows
 * @param batchSize rows that are sent in one go
 * @param ledger the table that says what has been written
 */
record DatabaseWrite(
        Options options,
        TableName table,
        WriteMode mode,
        Processing processing,
        List<String> keys,
        Optional<String> orderBy,
        int batchSize,
        TableName ledger) {

    DatabaseWrite {
        keys = List.copyOf(keys);
    }

    /** Where the database is. */
    String url() {
        return Optional.ofNullable(options.plain().get(DatabaseAddress.URL)).orElseThrow();
    }
}
