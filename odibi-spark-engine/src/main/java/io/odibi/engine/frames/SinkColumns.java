package io.odibi.engine.frames;

import io.odibi.core.describe.NeededColumn;
import io.odibi.core.describe.Target.FormatTarget;
import io.odibi.core.plan.WritePlan;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The columns that a sink takes by name, spelled as it spells them. To SQL and to the check upper and lower case are alike; sinks that look
 * for {@code body} or {@code value} themselves pass over {@code Body} without a word, or die of it.
 */
public final class SinkColumns {

    private SinkColumns() {}

    /** Returns the rows with such columns renamed; the same rows where nothing is to be renamed. */
    public static Dataset<Row> named(Dataset<Row> rows, WritePlan write) {
        // What the project writes itself, such as an upsert, finds its columns as SQL does.
        Map<String, String> names = write.target() instanceof FormatTarget
                ? names(Arrays.asList(rows.columns()), write.columns())
                : Map.of();
        return names.isEmpty() ? rows : rows.withColumnsRenamed(names);
    }

    /** Returns the columns that the sink spells otherwise, each with the sink's name. */
    static Map<String, String> names(List<String> columns, List<NeededColumn> needed) {
        Map<String, String> names = new HashMap<>();
        for (NeededColumn column : needed) {
            columns.stream()
                    .filter(written -> !columns.contains(column.name()) && written.equalsIgnoreCase(column.name()))
                    .findFirst()
                    .ifPresent(written -> names.put(written, column.name()));
        }
        return names;
    }
}
