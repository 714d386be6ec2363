package io.odibi.engine.frames;

import io.odibi.core.describe.Step;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.model.Processing;
import io.odibi.core.plan.InputPlan;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.port.StepException;
import io.odibi.core.port.StepInput;
import io.odibi.core.port.Transform;
import io.odibi.engine.failure.SparkMessage;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The one way from a node's plan to its rows: reads the inputs, sets the watermarks, applies the steps. Lazy: runs nothing. Safe for
 * use by several threads as far as its parts are.
 */
public final class FrameBuilder {

    private final SparkSession session;
    private final Function<String, Transform<?>> transforms;
    private final FrameSource source;

    /**
     * Makes a builder.
     *
     * @param session what the steps work in
     * @param transforms finds the transform of a step by its name
     * @param source gives the inputs
     */
    public FrameBuilder(SparkSession session, Function<String, Transform<?>> transforms, FrameSource source) {
        this.session = session;
        this.transforms = transforms;
        this.source = source;
    }

    /**
     * Builds a node's rows.
     *
     * @throws StepException if a step does not fit its input, or a watermark has no place
     */
    public Frame build(NodePlan node) {
        // By identity: an upstream node that is both the current frame and a view by its name is read, and watermarked,
        // once.
        IdentityHashMap<InputPlan, Dataset<Row>> loaded = new IdentityHashMap<>();
        node.primary().ifPresent(input -> load(input, node.processing(), loaded));
        node.inputs().values().forEach(input -> load(input, node.processing(), loaded));

        WatermarkPlacement watermarks = WatermarkPlacement.of(node, session);
        watermarks.onInputs(loaded);
        Optional<Dataset<Row>> current = node.primary().map(loaded::get);
        Map<String, Dataset<Row>> named = new LinkedHashMap<>();
        node.inputs().forEach((name, input) -> named.put(name, loaded.get(input)));
        for (Step step : node.steps()) {
            Dataset<Row> made =
                    apply(step, new Input(current, Collections.unmodifiableMap(named), node.processing(), session));
            current = Optional.of(watermarks.after(step, made));
        }
        Dataset<Row> rows = current.orElseThrow(
                () -> new IllegalArgumentException("node '" + node.id() + "' has neither an input nor a step"));
        return new Frame(rows, watermarks.placed());
    }

    private void load(InputPlan input, Processing use, IdentityHashMap<InputPlan, Dataset<Row>> loaded) {
        if (!loaded.containsKey(input)) {
            loaded.put(input, input.fold(from -> source.read(from.read()), from -> source.upstream(from.node(), use)));
        }
    }

    @SuppressWarnings(
            "unchecked") // this engine's datasets are Spark's; a transform for another engine does not fit and says so
    private Dataset<Row> apply(Step step, StepInput<Dataset<Row>> input) {
        Transform<Dataset<Row>> transform = (Transform<Dataset<Row>>) transforms.apply(step.type());
        try {
            return transform.apply(input, step);
        } catch (StepException told) {
            throw told;
        } catch (Exception fault) {
            // Scala throws AnalysisException, which is checked, past a Java signature that does not name it.
            if (fault instanceof AnalysisException refused) {
                throw new StepException(
                        Finding.of(
                                FindingCode.SQL_ANALYSIS,
                                step.at(),
                                "'" + step.type() + "' does not fit its input: " + SparkMessage.firstLine(refused)),
                        refused);
            }
            throw fault;
        }
    }

    private record Input(
            Optional<Dataset<Row>> current,
            Map<String, Dataset<Row>> named,
            Processing processing,
            SparkSession session)
            implements StepInput<Dataset<Row>> {}
}
