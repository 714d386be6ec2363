package io.odibi.transforms;

import static io.odibi.transforms.Steps.mapping;
import static io.odibi.transforms.Steps.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.odibi.core.describe.Step;
import io.odibi.core.describe.StreamTrait;
import io.odibi.transforms.Steps.Input;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.UnsupportedOperationChecker;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same files give the same rows in batch and as a stream, by every transform that a stream may have. */
class StreamParityTest {

    private static final AtomicInteger NAMES = new AtomicInteger();

    @TempDir
    static Path folder;

    /**
     * A chain of steps that a stream may have.
     *
     * @param mode the output mode that shows the whole result
     * @param others how the other input, 'others', is read
     */
    record Case(String name, String mode, Others others, List<Step> steps) {
        @Override
        public String toString() {
            return name;
        }
    }

    enum Others {
        STREAM,
        BATCH
    }

    @BeforeAll
    static void files() {
        TestSpark.table(
                        "(1, 'ann', timestamp'2024-01-01 00:01:00', 10.5, array('x', 'y'), named_struct('k', 'a', 'n', 1), '{\"v\": 1}'),"
                                + "(1, 'ann', timestamp'2024-01-01 00:01:00', 10.5, array('x'), named_struct('k', 'b', 'n', 2), '{\"v\": 2}'),"
                                + "(2, null, timestamp'2024-01-01 00:07:00', null, array(), null, 'nonsense'),"
                                + "(3, 'cy', timestamp'2024-01-01 00:16:00', 7.0, null, named_struct('k', 'c', 'n', 3), null)",
                        "id, name, ts, score, tags, info, json")
                .coalesce(1)
                .write()
                .parquet(path("events"));
        TestSpark.table(
                        "(1, 'one', timestamp'2024-01-01 00:02:00'), (3, 'three', timestamp'2024-01-01 02:00:00'),"
                                + "(9, 'nine', timestamp'2024-01-01 00:03:00')",
                        "id, name, seen")
                .coalesce(1)
                .write()
                .parquet(path("others"));
    }

    static Stream<Case> cases() {
        return Stream.of(
                append("sql", step("sql", "query", "SELECT id, upper(name) AS n, df.ts FROM df WHERE score > 1")),
                append(
                        "sql over a static table",
                        step("sql", "query", "SELECT i.id, o.name FROM {input} i JOIN others o ON i.id = o.id")),
                append(
                        "sql with a static subquery",
                        step("sql", "query", "SELECT id FROM {input} WHERE id IN (SELECT id FROM others)")),
                update(
                        "sql with a window",
                        step(
                                "sql",
                                "query",
                                "SELECT window(ts, '10 minutes') AS w, count(*) AS n FROM {input} GROUP BY window(ts, '10 minutes')")),
                update(
                        "sql with CTEs",
                        step(
                                "sql",
                                "query",
                                "WITH a AS (SELECT id, ts FROM {input}), b AS (SELECT * FROM a WHERE id < 3)"
                                        + " SELECT window(ts, '10 minutes').start AS s, count(*) AS n FROM b GROUP BY window(ts, '10 minutes')")),
                complete(
                        "sql with a CTE and an order",
                        step(
                                "sql",
                                "query",
                                "WITH a AS (SELECT id, count(*) AS n FROM {input} GROUP BY id) SELECT * FROM a ORDER BY n")),
                joined(
                        "sql over two streams",
                        step(
                                "sql",
                                "query",
                                "SELECT a.id, b.name FROM {input} a JOIN others b ON a.id = b.id AND b.seen BETWEEN a.ts AND a.ts + INTERVAL 1 HOUR")),
                joined(
                        "sql over one stream twice",
                        step(
                                "sql",
                                "query",
                                "SELECT a.id, b.score FROM {input} a JOIN {input} b ON a.id = b.id AND a.ts = b.ts")),
                append("filter_rows", step("filter_rows", "condition", "score IS NOT NULL AND id < 3")),
                append("derive", step("derive", "columns", mapping("a", "id + 1", "b", "a * 2", "score", "score * 2"))),
                append("derive_columns", step("derive_columns", "derivations", mapping("k", "info.k"))),
                append("select_columns", step("select_columns", "columns", List.of("ts", "id"))),
                append("drop_columns", step("drop_columns", "columns", List.of("tags", "info", "ts"))),
                append("rename_columns", step("rename_columns", "mapping", mapping("ts", "event_time", "id", "key"))),
                append(
                        "cast_columns",
                        step("cast_columns", "casts", mapping("id", "string", "score", "int", "ts", "timestamp"))),
                append("fill_nulls", step("fill_nulls", "values", mapping("name", "none", "score", 0))),
                append("parse_json", step("parse_json", "column", "json", "json_schema", "v INT")),
                append("explode", step("explode", "column", "tags")),
                append("explode_list_column", step("explode_list_column", "column", "tags", "outer", true)),
                append("flatten_struct", step("flatten_struct", "column", "info", "prefix", "info")),
                append("unpivot", step("unpivot", "id_cols", List.of("id"), "value_vars", List.of("name", "json"))),
                joined(
                        "union",
                        step("select_columns", "columns", List.of("id", "name")),
                        step("union", "datasets", "others")),
                append("join with a static table", step("join", "right_dataset", "others", "on", "id")),
                append("join of kind semi", step("join", "right_dataset", "others", "on", "id", "how", "semi")),
                append("join of kind anti", step("join", "right_dataset", "others", "on", "id", "how", "anti")),
                append("join of kind cross", step("join", "right_dataset", "others", "how", "cross")),
                append(
                        "join by a condition",
                        step(
                                "join",
                                "right_dataset",
                                "others",
                                "how",
                                "inner",
                                "condition",
                                "left.id = right.id AND right.seen > left.ts")),
                joined(
                        "join",
                        step(
                                "join",
                                "right_dataset",
                                "others",
                                "on",
                                "id",
                                "how",
                                "inner",
                                "time_range",
                                mapping("left", "ts", "right", "seen", "before", "0s", "after", "1 hour"))),
                append("deduplicate", step("deduplicate", "keys", List.of("id", "ts"))),
                append(
                        "deduplicate within the watermark",
                        step("select_columns", "columns", List.of("id", "ts")),
                        step("deduplicate", "keys", List.of("id"))),
                append("distinct", step("select_columns", "columns", List.of("id", "name", "ts")), step("distinct")),
                append("distinct of columns", step("distinct", "columns", List.of("id", "ts"))),
                update(
                        "aggregate",
                        step(
                                "aggregate",
                                "group_by",
                                "id",
                                "window",
                                mapping("column", "ts", "size", "10 minutes"),
                                "aggregations",
                                mapping("score", "sum", "n", "count(*)"))),
                complete(
                        "aggregate by keys",
                        step("aggregate", "group_by", List.of("id"), "aggregations", mapping("score", "max"))),
                complete(
                        "sort",
                        step("aggregate", "group_by", "id", "aggregations", mapping("n", "count(*)")),
                        step("sort", "by", "n DESC")),
                complete(
                        "limit",
                        step("aggregate", "group_by", "id", "aggregations", mapping("n", "count(*)")),
                        step("sort", "by", List.of("n DESC", "id")),
                        step("limit", "n", 2)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheSameRowsInBatchAndAsAStream(Case one) throws Exception {
        Dataset<Row> batch = apply(one, batch("events"), batch("others"));
        Dataset<Row> others =
                one.others() == Others.STREAM ? stream("others").withWatermark("seen", "10 minutes") : batch("others");
        Dataset<Row> stream = apply(one, stream("events").withWatermark("ts", "10 minutes"), others);

        assertThat(stream.isStreaming()).isTrue();
        assertThat(stream.columns()).containsExactly(batch.columns());
        assertThat(run(stream, one.mode())).isEqualTo(TestSpark.rows(batch)).isNotEmpty();
    }

    @Test
    void coversEveryTransformThatAStreamMayHave() {
        Set<String> allowed = new TreeSet<>();
        Steps.transforms().forEach((name, transform) -> {
            if (transform.streamTrait(step("limit", "n", 1)) != StreamTrait.BATCH_ONLY) {
                allowed.add(name);
            }
        });
        Set<String> covered = new TreeSet<>();
        cases().flatMap(one -> one.steps().stream()).map(Step::type).forEach(covered::add);

        // A pivot of a stream needs a window of event time among its groups; see the test of it below.
        covered.add("pivot");
        assertThat(covered).isEqualTo(allowed);
    }

    @Test
    void letsAPivotByWindowsOfTimeAppend() {
        Dataset<Row> stream = stream("events").withWatermark("ts", "10 minutes");
        Dataset<Row> windows = Steps.apply(stream, step("derive", "columns", mapping("w", "window(ts, '10 minutes')")));

        Dataset<Row> pivoted = Steps.apply(
                windows,
                step(
                        "pivot",
                        "group_by",
                        "w",
                        "pivot_col",
                        "name",
                        "values",
                        List.of("ann", "cy"),
                        "agg_col",
                        "score"));

        assertThat(pivoted.columns()).containsExactly("w", "ann", "cy");
        assertThatNoException()
                .isThrownBy(() -> UnsupportedOperationChecker.checkForStreaming(
                        pivoted.queryExecution().analyzed(), OutputMode.Append()));
    }

    @Test
    void keepsTheWatermarkThroughRenamesAndCasts() {
        Dataset<Row> stream = stream("events").withWatermark("ts", "10 minutes");

        Dataset<Row> renamed = Steps.apply(stream, step("rename_columns", "mapping", mapping("ts", "at")));
        Dataset<Row> cast = Steps.apply(renamed, step("cast_columns", "casts", mapping("at", "timestamp")));
        Dataset<Row> derived = Steps.apply(cast, step("derive", "columns", mapping("event_time", "at")));

        assertThat(Columns.of(derived)
                        .find("event_time")
                        .orElseThrow()
                        .metadata()
                        .contains("spark.watermarkDelayMs"))
                .isTrue();
    }

    @Test
    void deduplicatesByTheEventTimeOrWithinTheWatermark() {
        Dataset<Row> plain = stream("events");
        Dataset<Row> marked = plain.withWatermark("ts", "10 minutes");

        assertThat(plan(marked, step("deduplicate", "keys", "id"))).contains("DeduplicateWithinWatermark");
        assertThat(plan(marked, step("deduplicate", "keys", List.of("id", "ts"))))
                .contains("Deduplicate [")
                .doesNotContain("WithinWatermark");
        assertThat(plan(plain, step("deduplicate", "keys", "id"))).doesNotContain("WithinWatermark");
    }

    @Test
    void leavesNoCteInThePlanOfAStream() {
        Dataset<Row> stream = stream("events").withWatermark("ts", "10 minutes");
        Step query = step(
                "sql", "query", "WITH a AS (SELECT id, ts FROM {input}) SELECT x.id FROM a x JOIN a y ON x.id = y.id");

        assertThat(plan(stream, query)).doesNotContain("CTE");
        assertThat(plan(batch("events"), query)).contains("CTE");
    }

    /** Rows without a match come when the watermark has passed the range: Spark has to understand the range for that. */
    @Test
    void emitsOuterRowsOfTwoStreamsWhenTheRangeIsOver() throws Exception {
        TestSpark.table("(1, timestamp'2024-01-01 00:00:00')", "id, t").write().parquet(path("late") + "/left/a");
        Dataset<Row> clock = TestSpark.table("(7, timestamp'2024-01-02 00:00:00')", "id, t")
                .union(TestSpark.table("(8, timestamp'2024-01-02 00:00:01')", "id, t"));
        clock.repartition(2).write().parquet(path("late") + "/left/b");
        clock.write().parquet(path("late") + "/right/b");
        Dataset<Row> left = slow("late/left").withWatermark("t", "1 minute");
        Dataset<Row> right = slow("late/right").withColumnRenamed("t", "u").withWatermark("u", "1 minute");
        Step join = step(
                "join",
                "right_dataset",
                "r",
                "on",
                "id",
                "how",
                "left",
                "time_range",
                mapping("left", "t", "right", "u", "before", "5 minutes", "after", "1 hour 30 minutes"));

        Dataset<Row> joined = Steps.apply(Input.of(left).with("r", right), join);

        assertThat(run(joined, "append")).contains("[1,2024-01-01 00:00:00.0,null]");
    }

    private static Dataset<Row> slow(String name) {
        return TestSpark.session()
                .readStream()
                .schema("id INT, t TIMESTAMP")
                .option("maxFilesPerTrigger", "1")
                .parquet(path(name) + "/*");
    }

    private static String plan(Dataset<Row> frame, Step step) {
        return Steps.apply(frame, step).queryExecution().analyzed().toString();
    }

    private static Dataset<Row> apply(Case one, Dataset<Row> events, Dataset<Row> others) {
        Dataset<Row> rows = events;
        for (Step step : one.steps()) {
            rows = Steps.apply(Input.of(rows).with("others", others), step);
        }
        return rows;
    }

    private static List<String> run(Dataset<Row> stream, String mode) throws Exception {
        String name = "result_" + NAMES.incrementAndGet();
        stream.writeStream()
                .format("memory")
                .queryName(name)
                .outputMode(mode)
                .trigger(Trigger.AvailableNow())
                .start()
                .awaitTermination();
        return TestSpark.rows(TestSpark.session().table(name));
    }

    private static Dataset<Row> batch(String name) {
        return TestSpark.session().read().parquet(path(name));
    }

    private static Dataset<Row> stream(String name) {
        return TestSpark.session().readStream().schema(batch(name).schema()).parquet(path(name));
    }

    private static String path(String name) {
        return folder.resolve(name).toString();
    }

    private static Case append(String name, Step... steps) {
        return new Case(name, "append", Others.BATCH, Arrays.asList(steps));
    }

    private static Case update(String name, Step... steps) {
        return new Case(name, "update", Others.BATCH, Arrays.asList(steps));
    }

    private static Case complete(String name, Step... steps) {
        return new Case(name, "complete", Others.BATCH, Arrays.asList(steps));
    }

    private static Case joined(String name, Step... steps) {
        return new Case(name, "append", Others.STREAM, Arrays.asList(steps));
    }
}
