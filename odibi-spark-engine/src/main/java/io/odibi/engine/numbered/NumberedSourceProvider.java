package io.odibi.engine.numbered;

import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.execution.datasources.DataSource;
import org.apache.spark.sql.execution.streaming.Source;
import org.apache.spark.sql.sources.StreamSourceProvider;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.Tuple2;
import scala.collection.immutable.Map;

/** What Spark makes to read a stream with numbered rows: puts {@link NumberedSource} in front of the format's own source. */
public final class NumberedSourceProvider implements StreamSourceProvider {

    /** For Spark. */
    public NumberedSourceProvider() {}

    @Override
    public Tuple2<String, StructType> sourceSchema(
            SQLContext context, Option<StructType> schema, String name, Map<String, String> options) {
        return provider(context, options)
                .sourceSchema(context, schema, NumberedReads.format(options), NumberedReads.whole(context, options));
    }

    @Override
    public Source createSource(
            SQLContext context, String folder, Option<StructType> schema, String name, Map<String, String> options) {
        Source inner = provider(context, options)
                .createSource(
                        context, folder, schema, NumberedReads.format(options), NumberedReads.whole(context, options));
        return new NumberedSource(
                inner, NumberedReads.numbering(options), context, new FirstOffset(folder, context.sparkSession()));
    }

    private static StreamSourceProvider provider(SQLContext context, Map<String, String> options) {
        Class<?> found = DataSource.lookupDataSource(NumberedReads.format(options), context.conf());
        try {
            return (StreamSourceProvider) found.getConstructor().newInstance();
        } catch (ReflectiveOperationException unusable) {
            throw new IllegalStateException("cannot make " + found, unusable);
        }
    }
}
