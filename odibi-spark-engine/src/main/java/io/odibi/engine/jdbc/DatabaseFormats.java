package io.odibi.engine.jdbc;

import io.odibi.core.port.Contributions;
import java.util.List;

/** Hands out the formats of databases. */
public final class DatabaseFormats {

    private DatabaseFormats() {}

    /** Adds all of them. */
    public static void contribute(Contributions to) {
        for (DatabaseFormat format : List.of(
                DatabaseFormat.any("jdbc"),
                DatabaseFormat.any("sql"),
                DatabaseFormat.postgres("postgres"),
                DatabaseFormat.postgres("postgresql"),
                DatabaseFormat.sqlServer("sql_server"),
                DatabaseFormat.sqlServer("azure_sql"))) {
            to.source(format.word(), new DatabaseSource(format));
            to.sink(format.word(), new DatabaseSink(format));
        }
    }
}
