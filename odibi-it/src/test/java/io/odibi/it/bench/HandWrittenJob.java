package io.odibi.it.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;

import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;

/** The benchmark's pipeline as an engineer would write it by hand, with Spark's defaults. */
public final class HandWrittenJob {

    private HandWrittenJob() {}

    /** Runs the job: bootstrap servers, lake folder, records per trigger. */
    public static void main(String[] arguments) throws Exception {
        SparkSession spark = SparkSession.builder()
                .appName("by hand")
                .master("local[*]")
                .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                .getOrCreate();
        spark.readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", arguments[0])
                .option("subscribe", "bench")
                .option("startingOffsets", "earliest")
                .option("maxOffsetsPerTrigger", arguments[2])
                .load()
                .selectExpr("CAST(value AS STRING) AS json", "timestamp AS kafka_timestamp")
                .withColumn(
                        "parsed",
                        from_json(
                                col("json"),
                                "event_type STRING, event_time TIMESTAMP, magnitude DOUBLE, place STRING",
                                Map.of()))
                .selectExpr(
                        "parsed.event_type AS event_type",
                        "parsed.event_time AS event_time",
                        "parsed.magnitude AS magnitude",
                        "parsed.place AS place",
                        "kafka_timestamp")
                .writeStream()
                .format("delta")
                .partitionBy("event_type")
                .option("checkpointLocation", arguments[1] + "/checkpoint")
                .trigger(Trigger.AvailableNow())
                .start(arguments[1] + "/events")
                .awaitTermination();
        spark.stop();
    }
}
