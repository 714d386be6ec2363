package io.odibi.engine.analysis;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.types.DataTypeUtils;
import org.apache.spark.sql.types.StructType;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** Frames without rows that look to Spark's analysis like those of a run. */
final class EmptyFrames {

    private EmptyFrames() {}

    static Dataset<Row> stream(SparkSession session, StructType columns) {
        return frame(session, columns, true);
    }

    static Dataset<Row> batch(SparkSession session, StructType columns) {
        return frame(session, columns, false);
    }

    @SuppressWarnings("unchecked") // a Scala Seq is covariant
    private static Dataset<Row> frame(SparkSession session, StructType columns, boolean isStreaming) {
        Seq<Attribute> attributes = (Seq<Attribute>) (Seq<?>) DataTypeUtils.toAttributes(columns);
        Seq<InternalRow> noRows = JavaConverters.asScalaBuffer(List.<InternalRow>of());
        return Dataset.ofRows(session, new LocalRelation(attributes, noRows, isStreaming));
    }
}
