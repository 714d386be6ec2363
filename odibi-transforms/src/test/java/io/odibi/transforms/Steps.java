package io.odibi.transforms;

import io.odibi.core.catalog.PluginCatalog;
import io.odibi.core.describe.Step;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.Processing;
import io.odibi.core.port.StepInput;
import io.odibi.core.port.Transform;
import io.odibi.core.text.ConfigValue;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.ConfigValue.Sequence;
import io.odibi.core.text.Position;
import io.odibi.core.text.TextOrigin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Makes steps and their inputs as the loader and the engine do. */
public final class Steps {

    /** Where the text of a single line stands in {@link #line}. */
    public static final Position LINE = new Position("p.yaml", 7, 20);

    /** Where the first line of a block stands in {@link #block}. */
    public static final Position BLOCK = new Position("p.yaml", 10, 15);

    private static final Map<String, Transform<?>> TRANSFORMS = transforms();

    private Steps() {}

    /** A text that is one line of the file. */
    public static Scalar line(String text) {
        return new Scalar(text, LINE, Scalar.Style.QUOTED, new TextOrigin(LINE, TextOrigin.Layout.LINE));
    }

    /** A text in a block scalar. */
    public static Scalar block(String text) {
        return new Scalar(text, BLOCK, Scalar.Style.QUOTED, new TextOrigin(BLOCK, TextOrigin.Layout.BLOCK));
    }

    /** A mapping of alternating keys and values; the first key stands in line 20, the second in line 21, ... */
    public static Mapping mapping(Object... keysAndValues) {
        return mapping(20, keysAndValues);
    }

    private static Mapping mapping(int line, Object... keysAndValues) {
        List<Mapping.Entry> entries = new ArrayList<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            String key = (String) keysAndValues[i];
            int own = line + i / 2;
            entries.add(new Mapping.Entry(
                    key, new Position("p.yaml", own, 5), value(keysAndValues[i + 1], own, 5 + key.length() + 2)));
        }
        return new Mapping(entries, new Position("p.yaml", line, 5));
    }

    private static ConfigValue value(Object value, int line, int column) {
        Position at = new Position("p.yaml", line, column);
        if (value instanceof ConfigValue ready) {
            return ready;
        }
        if (value instanceof List<?> items) {
            return new Sequence(
                    items.stream().map(item -> value(item, line, column)).toList(), at);
        }
        return new Scalar(
                value.toString(),
                at,
                value instanceof String ? Scalar.Style.QUOTED : Scalar.Style.PLAIN,
                new TextOrigin(at, TextOrigin.Layout.LINE));
    }

    /** A step whose settings have to be right. */
    public static Step step(String type, Object... keysAndValues) {
        Findings findings = new Findings();
        return transform(type)
                .settings()
                .read(mapping(keysAndValues), findings)
                .map(settings -> new Step(type, settings, 1, new Position("p.yaml", 19, 3)))
                .orElseThrow(() -> new AssertionError(findings.sorted()));
    }

    /** What is wrong with a step's settings. */
    public static List<Finding> faults(String type, Object... keysAndValues) {
        Findings findings = new Findings();
        transform(type).settings().read(mapping(keysAndValues), findings);
        return findings.sorted();
    }

    /** Applies a step to a frame. */
    public static Dataset<Row> apply(Dataset<Row> frame, Step step) {
        return apply(Input.of(frame), step);
    }

    /** Applies a step. */
    @SuppressWarnings("unchecked") // all transforms of this module work on these
    public static Dataset<Row> apply(Input input, Step step) {
        return ((Transform<Dataset<Row>>) transform(step.type())).apply(input, step);
    }

    /** The transform of that name, as the plugin hands it out. */
    public static Transform<?> transform(String type) {
        Transform<?> found = TRANSFORMS.get(type);
        if (found == null) {
            throw new AssertionError("no transform " + type + " among " + TRANSFORMS.keySet());
        }
        return found;
    }

    /** All transforms by their names. */
    public static Map<String, Transform<?>> transforms() {
        Map<String, Transform<?>> all = new LinkedHashMap<>();
        PluginCatalog catalog = PluginCatalog.of(List.of(new TransformsPlugin()));
        catalog.transforms().byName().forEach(all::put);
        return all;
    }

    /** A step's input. */
    public record Input(Optional<Dataset<Row>> current, Map<String, Dataset<Row>> named)
            implements StepInput<Dataset<Row>> {

        public static Input of(Dataset<Row> current) {
            return new Input(Optional.of(current), Map.of());
        }

        public static Input none() {
            return new Input(Optional.empty(), Map.of());
        }

        public Input with(String name, Dataset<Row> frame) {
            Map<String, Dataset<Row>> more = new LinkedHashMap<>(named);
            more.put(name, frame);
            return new Input(current, more);
        }

        @Override
        public Processing processing() {
            return current.map(Dataset::isStreaming).orElse(false) ? Processing.STREAMING : Processing.BATCH;
        }

        @Override
        public Object session() {
            return TestSpark.session();
        }
    }
}
