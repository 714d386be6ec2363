package io.odibi.cli;

import java.util.Locale;

/** For whom a command writes. */
enum Format {
    /** For people. */
    TEXT,
    /** For machines. */
    JSON;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
