package io.odibi.engine.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odibi.core.catalog.PluginCatalog;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.Processing;
import io.odibi.core.plan.NodeId;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.Plan;
import io.odibi.core.plan.ReadPlan;
import io.odibi.core.planning.Planner;
import io.odibi.core.port.StepException;
import io.odibi.engine.Engine;
import io.odibi.engine.FakeSteps;
import io.odibi.engine.SparkEnginePlugin;
import io.odibi.engine.TestProject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

final class FrameBuilderIT {

    private static final Duration DELAY = Duration.ofMinutes(5);
    private static final String RATE = "id, ts";

    private final SparkSession spark = Engine.spark().newSession();
    private final TestProject project = new TestProject(Path.of("/data"));

    @Test
    void setsTheWatermarkRightAfterTheReadWhereItsColumnIsATimestamp() {
        Frame frame = build(stream("n").watermark("timestamp", DELAY).sql("SELECT value FROM input"));

        assertThat(wheres(frame)).containsExactly("after the read");
        assertThat(plan(frame)).contains("EventTimeWatermark timestamp");
    }

    @Test
    void setsTheWatermarkAfterTheFirstStepThatMakesItsColumnATimestamp() {
        Frame frame = build(stream("n")
                .watermark("event_time", DELAY)
                .sql("SELECT CAST(timestamp AS STRING) AS event_time, value FROM input")
                .sql("SELECT CAST(event_time AS TIMESTAMP) AS event_time, value FROM input")
                .sql("SELECT window(event_time, '1 minute') AS w, count(*) AS n FROM input GROUP BY 1"));

        assertThat(wheres(frame)).containsExactly("after step 2 (sql)");
        assertThat(plan(frame).indexOf("Aggregate")).isLessThan(plan(frame).indexOf("EventTimeWatermark"));
    }

    @Test
    void saysWhichStepMadeTheColumnButOfAnotherType() {
        Finding finding = refusal(stream("n")
                .watermark("event_time", DELAY)
                .sql("SELECT CAST(timestamp AS STRING) AS event_time, value FROM input")
                .sql("SELECT * FROM input"));

        assertThat(finding.code()).isEqualTo(FindingCode.STREAM_WATERMARK_COLUMN);
        assertThat(finding.message())
                .isEqualTo("watermark on 'event_time': it is STRING after step 2 (sql), not TIMESTAMP");
        assertThat(notes(finding)).contains("cast it in a step: CAST(event_time AS TIMESTAMP)");
    }

    @Test
    void findsTheColumnInsideAStruct() {
        Finding finding = refusal(stream("n")
                .watermark("event_time", DELAY)
                .sql("SELECT named_struct('event_time', timestamp) AS payload FROM input"));

        assertThat(finding.message())
                .isEqualTo("watermark on 'event_time': it exists only inside a struct, as 'payload.event_time',"
                        + " after step 1 (sql)");
        assertThat(notes(finding)).contains("CAST(payload.event_time AS TIMESTAMP) AS event_time");
    }

    @Test
    void suggestsTheColumnThatWasMeant() {
        Finding finding = refusal(stream("n").watermark("timestmap", DELAY).sql("SELECT * FROM input"));

        assertThat(finding.message())
                .isEqualTo("watermark on 'timestmap': there is no such column after the read or any step");
        assertThat(notes(finding)).contains("timestamp, value", "did you mean 'timestamp'?");
    }

    @Test
    void refusesAColumnThatComesOnlyAfterState() {
        Finding finding = refusal(stream("n")
                .watermark("latest", DELAY)
                .sql("SELECT value, max(timestamp) AS latest FROM input GROUP BY value"));

        assertThat(finding.message())
                .isEqualTo("watermark on 'latest': it becomes a TIMESTAMP only after step 1 (sql), and that keeps"
                        + " state already");
    }

    @Test
    void refusesASecondWatermarkOnTheWay() {
        project.node("above")
                .every(DELAY)
                .read("rate", "", Map.of())
                .watermark("timestamp", DELAY)
                .done();
        Finding finding = refusal(project.node("n")
                .every(DELAY)
                .dependsOn("above")
                .watermark("timestamp", DELAY)
                .write("delta", "out", Map.of()));

        assertThat(finding.code()).isEqualTo(FindingCode.STREAM_WATERMARK_REDEFINED);
    }

    @Test
    void setsAWatermarkForEachNamedInput() {
        Frame frame = build(stream("n")
                .input("other", "rate", "", Processing.STREAMING, Map.of())
                .watermark("timestamp", DELAY)
                .watermark("other", "timestamp", Duration.ofMinutes(1))
                .sql("SELECT a.value FROM input a JOIN other b ON a.value = b.value AND a.timestamp = b.timestamp"));

        assertThat(wheres(frame)).containsExactly("on input 'other'", "after the read");
        assertThat(plan(frame)).contains("5 minutes", "1 minutes");
    }

    @Test
    void namesTheInputThatIsMissing() {
        Finding finding = refusal(stream("n")
                .input("payments", "rate", "", Processing.STREAMING, Map.of())
                .watermark("payment", "timestamp", DELAY)
                .sql("SELECT * FROM input"));

        assertThat(finding.message()).isEqualTo("watermark on 'timestamp': there is no input 'payment'");
        assertThat(notes(finding)).contains("did you mean 'payments'?");
    }

    @Test
    void setsNothingInABatchNode() {
        project.node("n")
                .read("csv", "in", Map.of("schema", RATE))
                .sql("SELECT * FROM input")
                .done();

        Frame frame = new FrameBuilder(spark, transforms(), new Stub(spark, Map.of())).build(planned("n"));

        assertThat(frame.watermarks()).isEmpty();
        assertThat(frame.rows().isStreaming()).isFalse();
    }

    @Test
    void tellsWhatSparkRefusesInOneLineAtItsStep() {
        Finding finding = refusal(stream("n").sql("SELECT valeu FROM input"));

        assertThat(finding.code()).isEqualTo(FindingCode.SQL_ANALYSIS);
        assertThat(finding.message())
                .startsWith("'sql' does not fit its input: A column or function parameter with name `valeu` cannot be"
                        + " resolved")
                .doesNotContain("\n", "[UNRESOLVED", "Project", "line 1");
        assertThat(finding.at().line()).isPositive();
    }

    private TestProject.Node stream(String name) {
        return project.node(name).every(DELAY).read("rate", "", Map.of());
    }

    private Frame build(TestProject.Node node) {
        node.done();
        Map<NodeId, Dataset<Row>> made = new HashMap<>();
        Frame last = null;
        for (NodePlan plan : plan().nodes()) {
            last = new FrameBuilder(spark, transforms(), new Stub(spark, made)).build(plan);
            made.put(plan.id(), last.rows());
        }
        return last;
    }

    private Finding refusal(TestProject.Node node) {
        StepException[] refused = new StepException[1];
        assertThatThrownBy(() -> build(node)).isInstanceOfSatisfying(StepException.class, told -> refused[0] = told);
        return refused[0].finding();
    }

    private static List<String> wheres(Frame frame) {
        return frame.watermarks().stream().map(PlacedWatermark::where).toList();
    }

    private static String notes(Finding finding) {
        return finding.notes().toString();
    }

    private static String plan(Frame frame) {
        return frame.rows().queryExecution().analyzed().toString();
    }

    private NodePlan planned(String node) {
        return plan().find(new NodeId("p", node)).orElseThrow();
    }

    private Plan plan() {
        return new Planner(catalog()).plan(project.spec(), new Findings()).plan();
    }

    private static PluginCatalog catalog() {
        return PluginCatalog.of(List.of(new SparkEnginePlugin(), new FakeSteps()));
    }

    private static Function<String, io.odibi.core.port.Transform<?>> transforms() {
        PluginCatalog catalog = catalog();
        return name -> catalog.transforms().find(name).orElseThrow();
    }

    /** Rate streams for streams, no rows for batches. */
    private record Stub(SparkSession spark, Map<NodeId, Dataset<Row>> made) implements FrameSource {
        @Override
        public Dataset<Row> read(ReadPlan read) {
            return read.processing() == Processing.STREAMING
                    ? spark.readStream().format("rate").load()
                    : spark.range(3).toDF("id");
        }

        @Override
        public Dataset<Row> upstream(NodeId node, Processing use) {
            return made.get(node);
        }
    }
}
