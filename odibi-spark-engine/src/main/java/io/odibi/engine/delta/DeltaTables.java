package io.odibi.engine.delta;

import io.delta.tables.DeltaTable;
import io.odibi.core.describe.DataLocation;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Delta tables that are there. Delta's own way to open one by its name knows no catalog: it takes names of two parts only. */
public final class DeltaTables {

    private static final String SESSION_CATALOG = "spark_catalog.";

    private DeltaTables() {}

    /** Opens a table. */
    public static DeltaTable open(SparkSession session, DataLocation location) {
        return location.fold(
                path -> DeltaTable.forPath(session, path.path()),
                table -> table.name().startsWith(SESSION_CATALOG)
                        ? DeltaTable.forName(session, table.name().substring(SESSION_CATALOG.length()))
                        : DeltaTable.forPath(
                                session,
                                detail(session, table.name(), "location").getString(0)));
    }

    /** Returns the columns that split a table's files, in order. */
    public static List<String> partitionColumns(SparkSession session, String name) {
        return detail(session, name, "partitionColumns").getList(0);
    }

    private static Row detail(SparkSession session, String name, String column) {
        return session.sql("DESCRIBE DETAIL " + name).select(column).head();
    }
}
