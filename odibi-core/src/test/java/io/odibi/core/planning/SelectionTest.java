package io.odibi.core.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.model.ProjectSpec;
import io.odibi.core.plan.NodeId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SelectionTest {

    private final ProjectSpec project = new Nodes()
            .node("last")
            .after("middle")
            .end()
            .node("middle")
            .after("first")
            .end()
            .node("other")
            .after("first")
            .end()
            .node("first")
            .read("table")
            .end()
            .project();

    @Test
    void keepsWhatTheWantedNodesUse() {
        assertThat(select("last")).containsExactly("last", "middle", "first");
        assertThat(select("other")).containsExactly("other", "first");
    }

    @Test
    void leavesOutAPipelineWithoutWantedNodes() {
        assertThat(new Selection(Set.of(new NodeId("q", "last"))).of(project).pipelines())
                .isEmpty();
    }

    @Test
    void endsOnACycle() {
        ProjectSpec cycle = new Nodes()
                .node("a")
                .after("b")
                .end()
                .node("b")
                .after("a")
                .end()
                .project();

        ProjectSpec kept = new Selection(Set.of(new NodeId("p", "a"))).of(cycle);

        assertThat(kept.pipelines().get(0).nodes()).hasSize(2);
    }

    private List<String> select(String node) {
        ProjectSpec kept = new Selection(Set.of(new NodeId("p", node))).of(project);
        return kept.pipelines().stream()
                .flatMap(pipeline -> pipeline.nodes().stream())
                .map(spec -> spec.name().value())
                .toList();
    }
}
