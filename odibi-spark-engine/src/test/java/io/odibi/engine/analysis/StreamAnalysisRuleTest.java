package io.odibi.engine.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.check.CheckedPlan;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.OutputMode;
import io.odibi.core.plan.StreamInsight;
import io.odibi.core.plan.StreamInsight.StatefulOperator;
import io.odibi.core.plan.StreamInsight.WatermarkPlace;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.ConfigValue.Scalar.Style;
import io.odibi.core.text.Position;
import io.odibi.core.text.TextOrigin;
import io.odibi.core.text.TextOrigin.Layout;
import io.odibi.engine.Engine;
import io.odibi.engine.TestProject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamAnalysisRuleTest {

    private static final Map<String, String> EVENTS = Map.of("schema", "k STRING, v INT, ts TIMESTAMP");
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private static Engine engine;

    @TempDir
    Path folder;

    @BeforeAll
    static void opens() {
        engine = new Engine();
    }

    @AfterAll
    static void closes() {
        engine.close();
    }

    @Test
    void acceptsAWindowedAggregate() {
        TestProject project = stream("events")
                .watermark("ts", TEN_MINUTES)
                .sql("SELECT window(ts, '5 minutes') AS w, count(*) AS n FROM input GROUP BY window(ts, '5 minutes')")
                .write("parquet", "out", Map.of())
                .done();

        assertThat(check(project)).isEmpty();
    }

    @Test
    void tellsAFaultInsideABlockOfSql() {
        TestProject project = stream("events")
                .step("sql", block(40, 13, "SELECT k,\n  count(DISTINCT v) AS n\nFROM input\nGROUP BY k\nORDER BY n"))
                .write("parquet", "out", Map.of())
                .done();

        assertThat(check(project))
                .extracting(StreamAnalysisRuleTest::shown)
                .containsExactly(
                        "STREAM_UNSUPPORTED project.yaml:41:15",
                        "STREAM_NEEDS_WATERMARK project.yaml:43:13",
                        "STREAM_OUTPUT_MODE project.yaml:44:13");
    }

    @Test
    void refusesColumnsThatADatabaseHasNothingFor() {
        TestProject project = new TestProject(folder)
                .connection("lake", "jdbc", Map.of("url", "jdbc:postgresql://localhost/shop"))
                .node("n")
                .availableNow()
                .read("rate", "", Map.of())
                .sql("SELECT value, array(value) AS list, map('k', value) AS pairs, null AS nothing FROM input")
                .write("jdbc", "table:orders", Map.of())
                .done();

        assertThat(check(project))
                .extracting(finding -> finding.code() + " " + finding.message() + ": "
                        + finding.notes().get(0).text())
                .containsExactlyInAnyOrder(
                        "PLAN_SINK_COLUMN jdbc orders cannot take a column 'list' of type ARRAY<BIGINT>: write it as text in a"
                                + " step: to_json(list) AS list",
                        "PLAN_SINK_COLUMN jdbc orders cannot take a column 'pairs' of type MAP<STRING, BIGINT>: write it as text"
                                + " in a step: to_json(pairs) AS pairs",
                        "PLAN_SINK_COLUMN jdbc orders cannot take a column 'nothing' of type VOID: give it a type in a step:"
                                + " CAST(nothing AS STRING) AS nothing");
    }

    @Test
    void refusesADatabaseAsAStreamAndChecksStepsOverItsDeclaredColumns() {
        TestProject project = new TestProject(folder)
                .connection("lake", "jdbc", Map.of("url", "jdbc:postgresql://localhost/shop"))
                .node("stream")
                .availableNow()
                .read("jdbc", "table:orders", Map.of("schema", "id BIGINT"))
                .write("jdbc", "table:copies", Map.of())
                .done()
                .node("batch")
                .read("jdbc", "table:orders", Map.of("schema", "id BIGINT"))
                .sql("SELECT idd FROM input")
                .write("jdbc", "table:copies", Map.of())
                .done();

        assertThat(check(project))
                .extracting(finding -> finding.code() + " " + finding.message())
                .anySatisfy(
                        told -> assertThat(told).isEqualTo("PLAN_SOURCE_MODE format 'jdbc' cannot be read as a stream"))
                .anySatisfy(told -> assertThat(told).contains("`idd` cannot be resolved"));
    }

    @Test
    void knowsTheMarkOfTheFrameInTheText() {
        assertThat(StepTexts.isSame("SELECT k FROM {input} ORDER BY k", "SELECT k FROM `input` ORDER BY k"))
                .isTrue();
        assertThat(StepTexts.isSame("SELECT k FROM {input}", "SELECT v FROM `input`"))
                .isFalse();
    }

    @Test
    void tellsTheFaultOfAnUpstreamViewAtItsOwnStep() {
        TestProject project = stream("first")
                .step("sql", block(10, 5, "SELECT k FROM input LIMIT 3"))
                .done()
                .node("second")
                .availableNow()
                .dependsOn("first")
                .step("sql", block(30, 5, "SELECT upper(k) AS k FROM first"))
                .write("parquet", "out", Map.of())
                .done();

        assertThat(check(project))
                .extracting(StreamAnalysisRuleTest::shown)
                .containsExactly("STREAM_LIMIT project.yaml:10:25");
    }

    @Test
    void tellsTwoStepsOfOneTextApart() {
        TestProject project = stream("events")
                .step("sql", block(10, 5, "SELECT k, ts FROM input"))
                .step("sql", block(20, 5, "SELECT DISTINCT k FROM input"))
                .step("sql", block(30, 5, "SELECT DISTINCT k FROM input"))
                .write("parquet", "out", Map.of())
                .done();

        assertThat(check(project))
                .extracting(StreamAnalysisRuleTest::shown)
                .containsExactly("STREAM_NEEDS_WATERMARK project.yaml:20:5");
    }

    @Test
    void followsAStreamFromNodeToNode() {
        TestProject project = stream("events")
                .watermark("ts", TEN_MINUTES)
                .done()
                .node("counts")
                .availableNow()
                .dependsOn("events")
                .sql("SELECT window(ts, '5 minutes') AS w, count(*) AS n FROM events GROUP BY window(ts, '5 minutes')")
                .write("parquet", "out", Map.of())
                .done();

        assertThat(check(project)).isEmpty();
    }

    @Test
    void saysThatCompleteNeedsAnAggregateAtTheOutputMode() {
        TestProject project = stream("events")
                .outputMode(OutputMode.COMPLETE)
                .sql("SELECT k FROM input")
                .write("delta", "out", Map.of())
                .done();

        assertThat(check(project)).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(FindingCode.STREAM_OUTPUT_MODE);
            assertThat(finding.message()).isEqualTo("output mode 'complete' needs an aggregate");
        });
    }

    @Test
    void takesGrowingStateWhereTheNodeAcceptsIt() {
        TestProject project = stream("events")
                .outputMode(OutputMode.COMPLETE)
                .unboundedState()
                .sql("SELECT k, count(*) AS n FROM input GROUP BY k ORDER BY n")
                .write("delta", "out", Map.of())
                .done();

        assertThat(check(project)).isEmpty();
    }

    @Test
    void saysWhatIsMissingWhereColumnsAreNotKnown() {
        TestProject project = new TestProject(folder)
                .node("events")
                .availableNow()
                .read("delta", "absent", Map.of())
                .sql("SELECT anything FROM input")
                .write("delta", "out", Map.of())
                .done();

        assertThat(check(project)).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(FindingCode.STREAM_UNKNOWN);
            assertThat(finding.isError()).isFalse();
            assertThat(finding.notes()).anyMatch(note -> note.text().startsWith("declare them here: 'schema:"));
        });
    }

    @Test
    void readsTheColumnsOfADeltaTableThatIsThere() {
        SparkSession spark = Engine.spark();
        spark.range(1)
                .selectExpr("id", "CAST(id AS STRING) AS name")
                .write()
                .format("delta")
                .save(path("table"));
        TestProject project = new TestProject(folder)
                .node("events")
                .availableNow()
                .read("delta", "table", Map.of())
                .sql("SELECT id, nme FROM input")
                .write("delta", "out", Map.of())
                .done();

        assertThat(check(project)).singleElement().satisfies(finding -> {
            assertThat(finding.isError()).isTrue();
            assertThat(finding.message()).contains("nme");
        });
    }

    @Test
    void knowsTheColumnsOfATableThatAnotherNodeWrites() {
        TestProject project = new TestProject(folder)
                .node("reader")
                .availableNow()
                .read("delta", "middle", Map.of())
                .sql("SELECT k, absent FROM input")
                .write("delta", "out", Map.of())
                .done()
                .node("writer")
                .availableNow()
                .read("json", "in", EVENTS)
                .write("delta", "middle", Map.of())
                .done();

        assertThat(check(project))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("absent"));
    }

    @Test
    void tellsFaultsInTheSqlOfBatchNodes() {
        TestProject project = new TestProject(folder)
                .node("daily")
                .read("json", "in", EVENTS)
                .sql("SELECT absent FROM input")
                .write("parquet", "out", Map.of())
                .done();

        assertThat(check(project))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("absent"));
    }

    @Test
    void allowsSortsInBatchNodes() {
        TestProject project = new TestProject(folder)
                .node("daily")
                .read("json", "in", EVENTS)
                .sql("SELECT DISTINCT k FROM input ORDER BY k LIMIT 3")
                .write("parquet", "out", Map.of())
                .done();

        assertThat(check(project)).isEmpty();
    }

    @Test
    void tellsADeclarationThatCannotBeRead() {
        TestProject project = new TestProject(folder)
                .node("events")
                .availableNow()
                .read("json", "in", Map.of("schema", "k STRING, v NUMBR"))
                .write("parquet", "out", Map.of())
                .done();

        assertThat(check(project)).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(FindingCode.SQL_SYNTAX);
            assertThat(finding.message()).contains("NUMBR").doesNotContain("\n", "line 1");
        });
    }

    @Test
    void refusesToPartitionByAColumnThatIsNotThere() {
        TestProject project = stream("events")
                .sql("SELECT k, v FROM input")
                .write("parquet", "out", Map.of())
                .partitionBy("kk")
                .done();

        assertThat(check(project)).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(FindingCode.SQL_UNKNOWN_COLUMN);
            assertThat(finding.notes()).anyMatch(note -> note.text().contains("did you mean 'k'"));
        });
    }

    @Test
    void leavesNothingBehindInTheSession() {
        TestProject project = stream("events")
                .sql("SELECT k FROM input")
                .write("parquet", "out", Map.of())
                .done();
        int before = Engine.spark().sessionState().catalog().getTempViewNames().size();

        check(project);

        assertThat(Engine.spark().sessionState().catalog().getTempViewNames().size())
                .isEqualTo(before);
        assertThat(Engine.spark().streams().active()).isEmpty();
    }

    @Test
    void tellsWhatAStreamRemembersAndWhatEndsIt() {
        TestProject project = stream("first")
                .watermark("ts", TEN_MINUTES)
                .step("sql", block(10, 5, "SELECT k, ts FROM input"))
                .done()
                .node("second")
                .availableNow()
                .dependsOn("first")
                .step(
                        "sql",
                        block(30, 5, "SELECT window(ts, '5 minutes') AS w, k, count(*) AS n\nFROM first\nGROUP BY ALL"))
                .write("parquet", "out", Map.of())
                .done();

        CheckedPlan plan = engine.odibi().check(project.spec(), new Findings()).orThrow();

        assertThat(insight(plan, "first").watermarks()).containsExactly(new WatermarkPlace("ts", "after the read"));
        assertThat(insight(plan, "first").state()).isEmpty();
        assertThat(insight(plan, "second").state())
                .containsExactly(new StatefulOperator(
                        "aggregate by window, k",
                        new Position("project.yaml", 32, 5),
                        "forgotten when the watermark passes the event time among its keys"));
    }

    private static StreamInsight insight(CheckedPlan plan, String node) {
        return plan.plan().nodes().stream()
                .filter(one -> one.id().node().equals(node))
                .findFirst()
                .flatMap(one -> plan.insight(one.id()))
                .orElseThrow();
    }

    private TestProject.Node stream(String name) {
        return new TestProject(folder).node(name).availableNow().read("json", "in", EVENTS);
    }

    private List<Finding> check(TestProject project) {
        return engine.odibi().check(project.spec(), new Findings()).findings();
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private static Mapping block(int line, int column, String sql) {
        Position at = new Position("project.yaml", line, column);
        Scalar query = new Scalar(sql, at, Style.QUOTED, new TextOrigin(at, Layout.BLOCK));
        return new Mapping(List.of(new Mapping.Entry("query", at, query)), at);
    }

    private static String shown(Finding finding) {
        return finding.code() + " " + finding.at();
    }
}
