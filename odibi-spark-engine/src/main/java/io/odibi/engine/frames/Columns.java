package io.odibi.engine.frames;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.util.package$;
import org.apache.spark.sql.types.StructType;

/** Columns in words. */
public final class Columns {

    private Columns() {}

    /** Returns columns as {@code name TYPE, name TYPE}. */
    public static String ddl(StructType columns) {
        return Arrays.stream(columns.fields())
                .map(field -> package$.MODULE$.quoteIfNeeded(field.name()) + " "
                        + field.dataType().sql())
                .collect(Collectors.joining(", "));
    }
}
