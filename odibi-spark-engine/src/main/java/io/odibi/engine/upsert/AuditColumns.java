package io.odibi.engine.upsert;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Columns in which an upsert notes when it wrote a row, by the clock of the batch: all of its rows have the same time.
 *
 * @param created when the row was added; it stays when the row changes
 * @param updated when the row was last written
 */
public record AuditColumns(Optional<String> created, Optional<String> updated) {

    /** No such columns. */
    public static AuditColumns none() {
        return new AuditColumns(Optional.empty(), Optional.empty());
    }

    /** The columns' names. */
    public List<String> names() {
        return Stream.concat(created.stream(), updated.stream()).toList();
    }
}
