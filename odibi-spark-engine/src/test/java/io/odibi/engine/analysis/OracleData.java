package io.odibi.engine.analysis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Small inputs for real runs of the corpus: a file a day for each stream, one file a micro-batch. Each day brings a key of its own,
 * and some rows of the evening before, so that state that may be forgotten is forgotten, and groups change after they were written.
 */
final class OracleData {

    private static final int DAYS = 4;
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    private OracleData() {}

    static void write(Path folder) throws IOException {
        for (int day = 0; day < DAYS; day++) {
            write(folder.resolve("s"), day, rows(day, Duration.ZERO));
            write(folder.resolve("t"), day, rows(day, Duration.ZERO));
            write(folder.resolve("late"), day, rows(day, Duration.ofDays(2)));
        }
        write(
                folder.resolve("b"),
                0,
                List.of(
                        "{\"k\": \"a\", \"v\": 1, \"name\": \"Anna\"}",
                        "{\"k\": \"b\", \"v\": 2, \"name\": \"Bert\"}",
                        "{\"k\": \"z\", \"v\": 3, \"name\": \"Zoe\"}"));
    }

    /** Registers the views that the corpus names. */
    static void register(SparkSession session, Path folder) {
        for (String name : List.of("s", "t", "late")) {
            Dataset<Row> stream = session.readStream()
                    .schema(StreamRulesTest.ROWS)
                    .option("maxFilesPerTrigger", 1)
                    .json(folder.resolve(name).toString());
            stream.createOrReplaceTempView(name);
            stream.withWatermark("ts", "10 minutes").createOrReplaceTempView(name + "w");
        }
        session.read()
                .schema("k STRING, v INT, name STRING")
                .json(folder.resolve("b").toString())
                .createOrReplaceTempView("b");
    }

    private static List<String> rows(int day, Duration lag) {
        Instant midnight = START.plus(Duration.ofDays(day)).minus(lag);
        List<String> rows = new ArrayList<>();
        rows.add(row("a", day, midnight));
        rows.add(row("b", day + 10, midnight.plusSeconds(60)));
        rows.add(row("only" + day, day + 20, midnight.plusSeconds(360)));
        if (day > 0) {
            Instant before = midnight.minus(Duration.ofDays(1));
            rows.add(row("a", day + 30, before.plusSeconds(90)));
            rows.add(row("b", day + 40, before.plusSeconds(120)));
        }
        return rows;
    }

    private static String row(String key, int value, Instant time) {
        return "{\"k\": \"" + key + "\", \"v\": " + value + ", \"ts\": \"" + time + "\", \"ts2\": \"" + time
                + "\", \"d\": \"2024-01-01\", \"a\": [" + value + ", 1], \"j\": \"{\\\"x\\\": " + value + "}\"}";
    }

    private static void write(Path folder, int day, List<String> rows) throws IOException {
        Files.createDirectories(folder);
        Path file = Files.write(folder.resolve(day + ".json"), rows);
        Files.setLastModifiedTime(file, FileTime.from(START.plusSeconds(day)));
    }
}
