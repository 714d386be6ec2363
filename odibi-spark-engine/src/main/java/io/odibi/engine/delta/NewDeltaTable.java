package io.odibi.engine.delta;

import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import io.odibi.core.describe.DataLocation;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.CreateTableWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import scala.collection.JavaConverters;

/**
 * A Delta table that is made before it is written.
 *
 * @param location where
 * @param columns its columns
 * @param partitionBy columns that split its files, in order
 * @param properties its properties, {@code delta.} and all
 */
public record NewDeltaTable(
        DataLocation location, StructType columns, List<String> partitionBy, Map<String, String> properties) {

    /** Makes the table where it is not there yet. */
    public void makeIfMissing(SparkSession session) {
        location.fold(path -> makeAt(session, path.path()), table -> makeNamed(session, table.name()));
    }

    private boolean makeAt(SparkSession session, String path) {
        DeltaTableBuilder builder =
                DeltaTable.createIfNotExists(session).addColumns(columns).location(path);
        if (!partitionBy.isEmpty()) {
            builder.partitionedBy(partitionBy.toArray(String[]::new));
        }
        properties.forEach(builder::property);
        builder.execute();
        return true;
    }

    /** Not by Delta's builder, which knows no catalog: names of two parts only. */
    private boolean makeNamed(SparkSession session, String name) {
        if (session.catalog().tableExists(name)) {
            return false;
        }
        CreateTableWriter<Row> writer =
                session.createDataFrame(List.<Row>of(), columns).writeTo(name).using("delta");
        if (!partitionBy.isEmpty()) {
            List<Column> others =
                    partitionBy.stream().skip(1).map(functions::col).toList();
            writer = writer.partitionedBy(
                    functions.col(partitionBy.get(0)),
                    JavaConverters.asScalaBuffer(others).toSeq());
        }
        for (var property : properties.entrySet()) {
            writer = writer.tableProperty(property.getKey(), property.getValue());
        }
        try {
            writer.create();
            return true;
        } catch (TableAlreadyExistsException other) { // another query was faster
            return false;
        }
    }
}
