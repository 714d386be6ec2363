package io.odibi.core.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.catalog.PluginCatalog;
import io.odibi.core.describe.DataLocation;
import io.odibi.core.describe.Target;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.OutputMode;
import io.odibi.core.model.ProjectSpec;
import io.odibi.core.plan.NodeId;
import io.odibi.core.plan.NodePlan;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private final Findings findings = new Findings();

    @Test
    void putsNodesAfterThoseThatTheyUse() {
        PlanDraft draft = plan(new Nodes()
                .node("last")
                .after("middle")
                .end()
                .node("middle")
                .after("first")
                .end()
                .node("first")
                .read("table")
                .end());

        assertThat(draft.plan().nodes())
                .extracting(node -> node.id().node())
                .containsExactly("first", "middle", "last");
        assertThat(findings.sorted()).isEmpty();
    }

    @Test
    void givesAStreamACheckpointThatNoRunChanges() {
        Nodes nodes = new Nodes()
                .node("ingest").read("stream").stream(OutputMode.APPEND)
                        .write("events")
                        .end();

        String first = checkpointOf(plan(nodes));
        String second = checkpointOf(plan(nodes));

        assertThat(first).isEqualTo("/lake/_odibi/test/checkpoints/p/ingest").isEqualTo(second);
    }

    @Test
    void keepsTheCheckpointsOfTwoProjectsApart() {
        Nodes nodes = new Nodes()
                .node("ingest").read("stream").stream(OutputMode.APPEND)
                        .write("events")
                        .end();

        List<String> checkpoints = Stream.of("a b", "a_b", "../a", "..")
                .map(name -> checkpointOf(plan(nodes.project(name))))
                .toList();

        assertThat(checkpoints)
                .doesNotHaveDuplicates()
                .allMatch(path -> path.matches("/lake/_odibi/[A-Za-z0-9_][^/]*/checkpoints/p/ingest"));
    }

    @Test
    void resolvesATableInStorageAsAFolder() {
        PlanDraft draft =
                plan(new Nodes().node("copy").read("table").write("events").end());

        Target target = draft.plan().nodes().get(0).write().orElseThrow().target();
        assertThat(target)
                .isInstanceOfSatisfying(
                        Target.FormatTarget.class,
                        found -> assertThat(found.location()).contains(new DataLocation.AtPath("/lake/events")));
    }

    @Test
    void namesTheCycleOnce() {
        PlanDraft draft = plan(new Nodes()
                .node("a")
                .after("c")
                .end()
                .node("b")
                .after("a")
                .end()
                .node("c")
                .after("b")
                .end()
                .node("d")
                .after("c")
                .end());

        assertThat(findings.sorted())
                .extracting(Finding::message)
                .containsExactly("nodes wait for each other: a -> c -> b -> a");
        assertThat(draft.broken()).extracting(NodeId::node).containsExactlyInAnyOrder("a", "b", "c", "d");
    }

    @Test
    void tellsWhatIsNotInstalledAndWhatWasMeant() {
        plan(new Nodes().node("x").read("kafka").step("kep").end());

        assertThat(findings.sorted()).extracting(Finding::code).containsOnly(FindingCode.PLAN_NOT_INSTALLED);
        assertThat(findings.sorted().toString())
                .contains("io.odibi:odibi-connector-kafka")
                .contains("did you mean 'keep'?");
    }

    @Test
    void tellsUnknownNodesAndMissingInputs() {
        plan(new Nodes().node("x").after("y").end().node("z").end());

        assertThat(findings.sorted())
                .extracting(Finding::code)
                .containsExactly(FindingCode.PLAN_UNKNOWN_NODE, FindingCode.PLAN_NO_INPUT);
    }

    @Test
    void tellsNamesThatAreThereTwice() {
        plan(new Nodes().node("x").read("table").end().node("x").read("table").end());

        assertThat(findings.sorted()).extracting(Finding::code).containsExactly(FindingCode.CONFIG_DUPLICATE_NAME);
    }

    @Test
    void refusesToReadATableAsAStream() {
        plan(new Nodes()
                .node("x").read("table").stream(OutputMode.APPEND).write("t").end());

        assertThat(findings.sorted()).extracting(Finding::code).containsExactly(FindingCode.PLAN_SOURCE_MODE);
    }

    private PlanDraft plan(Nodes nodes) {
        return plan(nodes.project("test"));
    }

    private PlanDraft plan(ProjectSpec project) {
        return new Planner(PluginCatalog.of(List.of(new FakePlugin()))).plan(project, findings);
    }

    private static String checkpointOf(PlanDraft draft) {
        NodePlan node = draft.plan().nodes().get(0);
        return node.streaming().orElseThrow().checkpoint().value();
    }
}
