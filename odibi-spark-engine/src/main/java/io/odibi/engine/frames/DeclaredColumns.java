package io.odibi.engine.frames;

import io.odibi.core.describe.Scan.FormatScan;
import io.odibi.core.describe.ScanSchema;
import io.odibi.core.error.ExternalException;
import io.odibi.engine.failure.LastingFaultException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What to do with columns that the user declares: most formats read with them; tables have their own, so that they are only compared. */
final class DeclaredColumns {

    private static final Set<String> OF_TABLES = Set.of("delta", "jdbc");

    private DeclaredColumns() {}

    /** Returns the columns to hand to the reader, as DDL. */
    static Optional<String> toReadWith(FormatScan scan) {
        return OF_TABLES.contains(scan.format()) ? Optional.empty() : declared(scan);
    }

    /**
     * Compares the columns that are declared for a table with those that it has.
     *
     * @throws ExternalException if the table lacks one or has it with another type
     */
    static void check(FormatScan scan, StructType columns) {
        if (!OF_TABLES.contains(scan.format())) {
            return;
        }
        declared(scan)
                .map(StructType::fromDDL)
                .ifPresent(wanted -> Arrays.stream(wanted.fields()).forEach(field -> compare(scan, field, columns)));
    }

    private static void compare(FormatScan scan, StructField wanted, StructType columns) {
        StructField found = WatermarkSearch.find(columns, wanted.name(), false)
                .orElseThrow(() -> differs("cannot read " + scan.label() + ": it has no column '" + wanted.name()
                        + "', which 'schema' declares"));
        if (!found.dataType().asNullable().equals(wanted.dataType().asNullable())) {
            throw differs("cannot read " + scan.label() + ": column '" + wanted.name() + "' is "
                    + found.dataType().sql() + ", but 'schema' declares "
                    + wanted.dataType().sql());
        }
    }

    private static ExternalException differs(String message) {
        return new ExternalException(message, new LastingFaultException(message));
    }

    private static Optional<String> declared(FormatScan scan) {
        return scan.schema() instanceof ScanSchema.Declared declared
                ? Optional.of(declared.ddl().text())
                : Optional.empty();
    }
}
