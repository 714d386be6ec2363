package io.odibi.engine.streaming;

import io.odibi.core.describe.Target.BatchTarget;
import io.odibi.core.describe.Target.FormatTarget;
import io.odibi.core.error.ExternalException;
import io.odibi.core.model.OutputMode;
import io.odibi.core.model.Trigger.ProcessingTime;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.StreamingPlan;
import io.odibi.core.plan.WritePlan;
import io.odibi.engine.checkpoint.FileSinkLog;
import io.odibi.engine.delta.NewDeltaTable;
import io.odibi.engine.failure.LastingFaultException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;

/** Starts the query of one node: names it, gives it its checkpoint, trigger, mode and target. */
final class QueryStart {

    /** The name under which a query counts what it writes; Spark's own count is -1 for most sinks. */
    static final String ROWS_OUT = "odibi_rows_out";

    private static final String DELTA = "delta";
    private static final String POOL = "spark.scheduler.pool";

    private final SparkSession spark;
    private final NodePlan node;
    private final StreamingPlan streaming;
    private final WritePlan write;

    QueryStart(SparkSession spark, NodePlan node, StreamingPlan streaming, WritePlan write) {
        this.spark = spark;
        this.node = node;
        this.streaming = streaming;
        this.write = write;
    }

    /** Starts the query; returns before it touches its sources. */
    StreamingQuery start(Dataset<Row> rows) throws TimeoutException, IOException {
        Dataset<Row> counted =
                rows.observe(ROWS_OUT, functions.count(functions.lit(1)).as("rows"));
        DataStreamWriter<Row> writer = counted.writeStream()
                .queryName(node.id().toString())
                .option("checkpointLocation", streaming.checkpoint().value())
                .outputMode(mode(streaming.outputMode().value()))
                .trigger(trigger());
        // The query's thread takes its pool over from the thread that starts it.
        SparkContext context = spark.sparkContext();
        String pool = context.getLocalProperty(POOL);
        context.setLocalProperty(POOL, node.id().toString());
        try {
            return write.target() instanceof FormatTarget format
                    ? start(writer, format, rows)
                    : start(writer, (BatchTarget<?>) write.target());
        } finally {
            context.setLocalProperty(POOL, pool);
        }
    }

    private StreamingQuery start(DataStreamWriter<Row> writer, FormatTarget target, Dataset<Row> rows)
            throws TimeoutException, IOException {
        refuseForeignFolder(target);
        Map<String, String> options = new LinkedHashMap<>(target.options().reveal());
        Map<String, String> tableProperties = new LinkedHashMap<>();
        if (target.format().equals(DELTA)) {
            options.forEach((key, value) -> {
                if (key.startsWith(DELTA + ".")) {
                    tableProperties.put(key, value);
                }
            });
            options.keySet().removeAll(tableProperties.keySet());
        }
        if (!tableProperties.isEmpty()) {
            // A stream that creates the table would leave the properties out, and properties set for the session would
            // reach
            // the tables of other queries.
            new NewDeltaTable(target.location().orElseThrow(), rows.schema(), target.partitionBy(), tableProperties)
                    .makeIfMissing(spark);
        }
        writer.format(target.format()).options(options);
        if (!target.partitionBy().isEmpty()) {
            writer.partitionBy(target.partitionBy().toArray(String[]::new));
        }
        if (target.location().isEmpty()) {
            return writer.start();
        }
        String table = target.location().get().fold(path -> "", at -> at.name());
        return table.isEmpty() ? writer.start(target.location().get().toString()) : writer.toTable(table);
    }

    /** Spark would pass over as many micro-batches as the folder has of the other query, in silence. */
    private void refuseForeignFolder(FormatTarget target) throws IOException {
        String folder = target.location()
                .map(at -> at.fold(path -> path.path(), table -> ""))
                .orElse("");
        boolean isForeign = !folder.isEmpty()
                && !target.format().equals(DELTA)
                && FileSinkLog.isOfAnother(
                        folder,
                        streaming.checkpoint().value(),
                        spark.sessionState().newHadoopConf());
        if (isForeign) {
            String message =
                    "cannot start node '" + node.id().node() + "': " + target.label() + " holds what a stream has"
                            + " written whose checkpoint is not "
                            + streaming.checkpoint().value()
                            + ", and rows would be lost; name another folder, or the checkpoint that belongs to it";
            throw new ExternalException(message, new LastingFaultException(message));
        }
    }

    @SuppressWarnings("unchecked") // a target for another engine does not fit and says so
    private StreamingQuery start(DataStreamWriter<Row> writer, BatchTarget<?> target) throws TimeoutException {
        WholeBatches batches = new WholeBatches(node.id(), (BatchTarget<Dataset<Row>>) target);
        VoidFunction2<Dataset<Row>, Long> write = batches::write;
        return writer.foreachBatch(write).start();
    }

    private Trigger trigger() {
        return streaming.trigger() instanceof ProcessingTime every
                ? Trigger.ProcessingTime(every.interval().toMillis())
                : Trigger.AvailableNow();
    }

    private static org.apache.spark.sql.streaming.OutputMode mode(OutputMode mode) {
        return switch (mode) {
            case APPEND -> org.apache.spark.sql.streaming.OutputMode.Append();
            case UPDATE -> org.apache.spark.sql.streaming.OutputMode.Update();
            case COMPLETE -> org.apache.spark.sql.streaming.OutputMode.Complete();
        };
    }
}
