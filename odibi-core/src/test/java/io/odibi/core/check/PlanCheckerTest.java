package io.odibi.core.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odibi.core.catalog.PluginCatalog;
import io.odibi.core.error.InternalException;
import io.odibi.core.error.ProjectException;
import io.odibi.core.execution.Resources;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.OutputMode;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.planning.FakePlugin;
import io.odibi.core.planning.Nodes;
import io.odibi.core.planning.Planner;
import io.odibi.core.port.ExecutionMode;
import io.odibi.core.port.NodeExecution;
import io.odibi.core.port.Plugin;
import io.odibi.core.port.RunContext;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanCheckerTest {

    @Test
    void passesABatchAndAStreamThatFit() {
        CheckResult result = check(new Nodes()
                        .node("batch")
                        .read("table")
                        .step("sort")
                        .write("sorted")
                        .end()
                        .node("stream")
                        .read("stream")
                        .step("keep")
                        .stream(OutputMode.APPEND)
                        .write("events")
                        .end());

        assertThat(result.findings()).isEmpty();
        assertThat(result.checked()).isPresent();
    }

    @Test
    void refusesSortOnAStream() {
        CheckResult result = check(new Nodes()
                .node("x").read("stream").step("sort").stream(OutputMode.APPEND)
                        .write("t")
                        .end());

        assertThat(result.findings()).extracting(Finding::code).containsExactly(FindingCode.PLAN_NEEDS_COMPLETE_INPUT);
        assertThatThrownBy(result::orThrow).isInstanceOf(ProjectException.class).hasMessageContaining("1 error");
    }

    @Test
    void leavesSortInCompleteModeToTheAnalysis() {
        assertThat(codes(new Nodes()
                        .node("x").read("stream").step("sort").stream(OutputMode.COMPLETE)
                                .write("t")
                                .end()))
                .isEmpty();
    }

    @Test
    void refusesDistinctWithoutAWatermark() {
        assertThat(codes(new Nodes()
                        .node("x").read("stream").step("distinct").stream(OutputMode.APPEND)
                                .write("t")
                                .end()))
                .containsExactly(FindingCode.PLAN_NEEDS_WATERMARK);
        assertThat(codes(new Nodes()
                        .node("x")
                        .read("stream")
                        .step("distinct")
                        .watermarked(OutputMode.APPEND)
                        .write("t")
                        .end()))
                .isEmpty();
    }

    @Test
    void findsTheWatermarkOfAnUpstreamNode() {
        assertThat(codes(new Nodes()
                                .node("x")
                                .read("stream")
                                .watermarked(OutputMode.APPEND)
                                .end()
                                .node("y")
                                .after("x")
                                .step("distinct")
                                .stream(OutputMode.APPEND)
                                .write("t")
                                .end()))
                .isEmpty();
    }

    @Test
    void refusesAStepThatRunsItsInput() {
        assertThat(codes(new Nodes()
                        .node("x").read("stream").step("collect").stream(OutputMode.APPEND)
                                .write("t")
                                .end()))
                .containsExactly(FindingCode.PLAN_BATCH_ONLY_STEP);
    }

    @Test
    void refusesAnOutputModeThatTheSinkLacks() {
        assertThat(codes(new Nodes()
                        .node("x").read("stream").stream(OutputMode.UPDATE)
                                .write("t")
                                .end()))
                .containsExactly(FindingCode.PLAN_OUTPUT_MODE);
    }

    @Test
    void refusesABatchBehindAStreamThatNeverEnds() {
        assertThat(codes(new Nodes()
                        .node("s").read("stream").stream(OutputMode.APPEND)
                                .write("t")
                                .end()
                                .node("b")
                                .after("s")
                                .write("u")
                                .end()))
                .containsExactly(FindingCode.PLAN_STREAM_INTO_BATCH);
        assertThat(codes(new Nodes()
                        .node("s")
                        .read("stream")
                        .caughtUp()
                        .write("t")
                        .end()
                        .node("b")
                        .after("s")
                        .write("u")
                        .end()))
                .isEmpty();
    }

    @Test
    void refusesAStreamOfTablesOnly() {
        assertThat(codes(new Nodes()
                        .node("b").read("table").end().node("s").after("b").stream(OutputMode.APPEND)
                                .write("t")
                                .end()))
                .containsExactly(FindingCode.PLAN_SOURCE_MODE);
    }

    @Test
    void blamesAFaultyConnectionAndNotTheStreamThatReadsOverIt() {
        assertThat(codes(new Nodes()
                        .faultyConnection("kafka").node("s").over("kafka").read("stream").stream(OutputMode.APPEND)
                                .write("t")
                                .end()))
                .containsExactly(FindingCode.CONFIG_MISSING_KEY);
    }

    @Test
    void refusesWhatNoEngineCanRun() {
        PluginCatalog bare = PluginCatalog.of(List.of(new FakePlugin()));
        Nodes nodes = new Nodes().node("x").read("table").write("t").end();

        assertThat(check(bare, nodes).findings())
                .extracting(Finding::code)
                .containsExactly(FindingCode.PLAN_NO_EXECUTION_MODE);
    }

    @Test
    void namesTheRuleThatFails() {
        Plugin broken = to -> to.rule(context -> {
            throw new IllegalStateException("bug");
        });
        PluginCatalog catalog = PluginCatalog.of(List.of(new FakePlugin(), engine(), broken));

        assertThatThrownBy(
                        () -> check(catalog, new Nodes().node("x").read("table").end()))
                .isInstanceOf(InternalException.class)
                .hasMessageContaining("rule");
    }

    private static List<FindingCode> codes(Nodes nodes) {
        return check(nodes).findings().stream().map(Finding::code).toList();
    }

    private static CheckResult check(Nodes nodes) {
        return check(PluginCatalog.of(List.of(new FakePlugin(), engine())), nodes);
    }

    private static CheckResult check(PluginCatalog catalog, Nodes nodes) {
        try (Resources resources = new Resources()) {
            return new PlanChecker(catalog)
                    .check(new Planner(catalog).plan(nodes.project(), new Findings()), resources);
        }
    }

    private static Plugin engine() {
        return to -> to.executionMode("fake", new ExecutionMode() {
            @Override
            public boolean accepts(NodePlan node) {
                return true;
            }

            @Override
            public NodeExecution start(NodePlan node, RunContext run) {
                throw new IllegalStateException("nothing is started here");
            }
        });
    }
}
