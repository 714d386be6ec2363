package io.odibi.engine.frames;

import java.util.Optional;
import org.apache.spark.sql.types.StructField;

/** A writer of batches that cannot take columns of every type; a check before the start asks it wherever the columns are known. */
public interface TypedWriter {

    /** Returns what a user does with a column that the writer cannot take; empty if it can. */
    Optional<String> mend(StructField column);
}
