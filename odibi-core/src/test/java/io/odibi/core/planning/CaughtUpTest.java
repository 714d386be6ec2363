package io.odibi.core.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.model.NodeSpec;
import io.odibi.core.model.OutputMode;
import io.odibi.core.model.ProjectSpec;
import io.odibi.core.model.Trigger;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaughtUpTest {

    @Test
    void letsEveryStreamEndAndLeavesTheRestAsItWas() {
        ProjectSpec project = new Nodes()
                .node("s")
                .read("stream")
                .watermarked(OutputMode.APPEND)
                .write("t")
                .end()
                .node("b")
                .read("table")
                .end()
                .project();

        List<NodeSpec> nodes = CaughtUp.of(project).pipelines().get(0).nodes();

        assertThat(nodes.get(0)
                        .streaming()
                        .orElseThrow()
                        .trigger()
                        .orElseThrow()
                        .value())
                .isEqualTo(new Trigger.AvailableNow());
        assertThat(nodes.get(0).streaming().orElseThrow().watermarks()).hasSize(1);
        assertThat(nodes.get(0).write())
                .isEqualTo(project.pipelines().get(0).nodes().get(0).write());
        assertThat(nodes.get(1)).isEqualTo(project.pipelines().get(0).nodes().get(1));
    }
}
