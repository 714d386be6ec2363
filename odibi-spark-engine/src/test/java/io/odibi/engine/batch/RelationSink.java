package io.odibi.engine.batch;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.CreatableRelationProvider;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Map;

/** A sink of Spark's first interface that runs the rows itself, as the Event Hubs library does. */
public final class RelationSink implements CreatableRelationProvider {

    private static final AtomicLong ROWS = new AtomicLong();

    /** For Spark. */
    public RelationSink() {}

    /** How many rows it has taken. */
    static long rows() {
        return ROWS.get();
    }

    @Override
    public BaseRelation createRelation(
            SQLContext context, SaveMode mode, Map<String, String> options, Dataset<Row> rows) {
        ROWS.addAndGet(rows.queryExecution().toRdd().count());
        return new BaseRelation() {
            @Override
            public SQLContext sqlContext() {
                return context;
            }

            @Override
            public StructType schema() {
                return rows.schema();
            }
        };
    }
}
