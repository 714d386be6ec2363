package io.odibi.core.describe;

import io.odibi.core.text.ConfigValue.Scalar;

/** What is known of a scan's columns before it runs. */
public sealed interface ScanSchema {

    /**
     * The format has always these columns.
     *
     * @param ddl as {@code name TYPE, name TYPE}
     */
    record Fixed(String ddl) implements ScanSchema {}

    /**
     * The user declares them, and the engine reads with them.
     *
     * @param ddl as {@code name TYPE, name TYPE}, with its place
     */
    record Declared(Scalar ddl) implements ScanSchema {}

    /** The data says; nobody knows before it is looked at. */
    record InData() implements ScanSchema {}
}
