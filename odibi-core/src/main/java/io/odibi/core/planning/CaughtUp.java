package io.odibi.core.planning;

import io.odibi.core.model.NodeSpec;
import io.odibi.core.model.PipelineSpec;
import io.odibi.core.model.ProjectSpec;
import io.odibi.core.model.StreamingSpec;
import io.odibi.core.model.Trigger;
import io.odibi.core.text.Located;
import java.util.List;
import java.util.Optional;

/** A project whose streams take what is there at the start and end, whatever they say. It is a project again, so it is planned and checked like one. */
public final class CaughtUp {

    private CaughtUp() {}

    /** Returns the project with every stream's trigger replaced; a batch node after a stream may then follow it. */
    public static ProjectSpec of(ProjectSpec project) {
        List<PipelineSpec> pipelines = project.pipelines().stream()
                .map(pipeline -> new PipelineSpec(
                        pipeline.name(),
                        pipeline.description(),
                        pipeline.nodes().stream().map(CaughtUp::of).toList(),
                        pipeline.at()))
                .toList();
        return project.withPipelines(pipelines);
    }

    private static NodeSpec of(NodeSpec node) {
        return new NodeSpec(
                node.name(),
                node.description(),
                node.dependsOn(),
                node.streaming().map(CaughtUp::of),
                node.read(),
                node.inputs(),
                node.steps(),
                node.write(),
                node.completeness(),
                node.at());
    }

    private static StreamingSpec of(StreamingSpec streaming) {
        Located<Trigger> now = new Located<>(
                new Trigger.AvailableNow(), streaming.trigger().map(Located::at).orElse(streaming.at()));
        return new StreamingSpec(
                Optional.of(now),
                streaming.outputMode(),
                streaming.checkpointLocation(),
                streaming.watermarks(),
                streaming.stateGrowth(),
                streaming.supervision(),
                streaming.at());
    }
}
