package io.odibi.transforms;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The one Spark session of the tests. */
public final class TestSpark {

    private static final SparkSession SESSION = SparkSession.builder()
            .master("local[2]")
            .appName("transforms")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "1")
            // Small data: what counts is the time to plan and to compile.
            .config("spark.sql.adaptive.enabled", "false")
            .config("spark.sql.codegen.wholeStage", "false")
            .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir") + "/odibi-no-warehouse")
            .config("spark.sql.variable.substitute", "true")
            .config("spark.sql.streaming.stopTimeout", "20s")
            .getOrCreate();

    static {
        SESSION.sparkContext().setLogLevel("ERROR");
    }

    private TestSpark() {}

    public static SparkSession session() {
        return SESSION;
    }

    /** Rows of {@code VALUES}: {@code table("(1, 'a'), (2, 'b')", "id, name")}. */
    public static Dataset<Row> table(String values, String columns) {
        return SESSION.sql("SELECT * FROM VALUES " + values + " AS t(" + columns + ")");
    }

    /** The rows as text, in an order that does not depend on partitions. */
    public static List<String> rows(Dataset<Row> frame) {
        return frame.collectAsList().stream().map(Row::toString).sorted().toList();
    }
}
