package io.odibi.testkit.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** One local Spark session for all tests of a JVM: two threads, one shuffle partition, no web page. It ends with the JVM. */
public final class TestSpark {

    private TestSpark() {}

    /** Returns the session; starts it when it is first asked for, which takes some seconds. */
    public static SparkSession session() {
        return Started.SESSION;
    }

    /**
     * Returns a frame.
     *
     * @param ddl its columns as {@code name TYPE, name TYPE}
     */
    public static Dataset<Row> frame(String ddl, Row... rows) {
        return session().createDataFrame(List.of(rows), StructType.fromDDL(ddl));
    }

    /** Starts the session once, by the laws of class initialisation. */
    private static final class Started {
        private static final SparkSession SESSION = start();

        private static SparkSession start() {
            try {
                SparkSession session = SparkSession.builder()
                        .appName("odibi-testkit")
                        .master("local[2]")
                        .config("spark.ui.enabled", "false")
                        .config("spark.driver.host", "127.0.0.1")
                        .config("spark.driver.bindAddress", "127.0.0.1")
                        .config("spark.sql.shuffle.partitions", "1")
                        .config("spark.sql.session.timeZone", "UTC")
                        .config(
                                "spark.sql.warehouse.dir",
                                Files.createTempDirectory("odibi-warehouse")
                                        .toUri()
                                        .toString())
                        .getOrCreate();
                session.sparkContext().setLogLevel("ERROR");
                return session;
            } catch (IOException noFolder) {
                throw new UncheckedIOException(noFolder);
            }
        }
    }
}
