package io.odibi.it.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Two tables beside what was sent: {@code plain} with {@code producer, number} for each record, and {@code counted} with {@code begins,
 * producer, records, total} for each producer and ten seconds of event time, a hundred numbers a second. What should be there is computed
 * from the numbers alone, in batch.
 *
 * @param records how many were sent
 * @param lost records that are not in {@code plain}
 * @param repeated rows of {@code plain} beyond the first of their record
 * @param strange rows of {@code plain} that nobody sent
 * @param windows how many there should be in {@code counted}
 * @param lostWindows windows that are not there
 * @param repeatedWindows rows beyond the first of their window
 * @param wrongWindows windows with another count or sum than a batch gives
 */
record Landed(
        long records,
        long lost,
        long repeated,
        long strange,
        long windows,
        long lostWindows,
        long repeatedWindows,
        long wrongWindows) {

    /** The steps of {@code plain} and {@code counted}, over the columns {@code producer} and {@code number}. */
    static final String COUNTED = """
            SELECT window(at, '10 seconds').start AS begins, producer, count(*) AS records, sum(number) AS total \
            FROM {input} GROUP BY window(at, '10 seconds'), producer""";

    /** When a record happened, by its number. */
    static final String AT = "timestamp_seconds(number DIV 100)";

    /** Compares both tables below a folder with the numbers from 0 to {@code sent} of each producer. */
    static Landed compare(Path lake, int producers, long sent) {
        try (SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .config("spark.sql.shuffle.partitions", 2)
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                .getOrCreate()) {
            view(spark, lake, "plain");
            view(spark, lake, "counted");
            spark.sql("""
                            SELECT concat('producer', who.id) AS producer, number.id AS number
                            FROM range(%d) AS who CROSS JOIN range(%d) AS number
                            """.formatted(producers, sent)).createOrReplaceTempView("sent");
            Row plain = spark.sql("""
                            SELECT count_if(rows IS NULL), sum(greatest(coalesce(rows, 0) - 1, 0)), count_if(sent.number IS NULL)
                            FROM sent FULL JOIN (SELECT producer, number, count(*) AS rows FROM plain GROUP BY ALL) landed
                              ON sent.producer = landed.producer AND sent.number = landed.number
                            """).head();
            Row counted = spark.sql("""
                            WITH again AS (
                              SELECT window(timestamp_seconds(number DIV 100), '10 seconds').start AS begins, producer,
                                     count(*) AS records, sum(number) AS total
                              FROM sent GROUP BY ALL),
                            landed AS (
                              SELECT begins, producer, count(*) AS rows, first(records) AS records, first(total) AS total
                              FROM counted GROUP BY ALL)
                            SELECT count(again.begins), count_if(rows IS NULL), sum(greatest(coalesce(rows, 0) - 1, 0)),
                                   count_if(rows IS NOT NULL AND NOT (again.records <=> landed.records AND again.total <=> landed.total))
                            FROM again FULL JOIN landed ON again.begins = landed.begins AND again.producer = landed.producer
                            """).head();
            return new Landed(
                    sent * producers,
                    plain.getLong(0),
                    plain.getLong(1),
                    plain.getLong(2),
                    counted.getLong(0),
                    counted.getLong(1),
                    counted.getLong(2),
                    counted.getLong(3));
        }
    }

    private static void view(SparkSession spark, Path lake, String table) {
        spark.read()
                .format("delta")
                .load(lake.resolve(table).toString())
                .where("producer <> '" + NumberedRecords.LAST + "'")
                .createOrReplaceTempView(table);
    }

    /** Fails unless everything is there once and as it was sent. */
    void assertExactlyOnce(String repeat) {
        assertThat(records).as("records").isPositive();
        assertThat(windows).as("windows").isPositive();
        assertThat(this).as(repeat).isEqualTo(new Landed(records, 0, 0, 0, windows, 0, 0, 0));
    }
}
