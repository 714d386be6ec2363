package io.odibi.engine.frames;

import io.odibi.core.describe.Step;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.model.WatermarkSpec;
import io.odibi.core.plan.InputPlan;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.StreamingPlan;
import io.odibi.core.port.StepException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * Sets each watermark of a node at the first place where its column is a timestamp: right after the read, or after a step. State
 * that is made before the watermark never learns of it, so a watermark whose column comes only after a stateful step has no place.
 * In a batch node there is nothing to set. One object serves one build.
 */
final class WatermarkPlacement {

    private final NodePlan node;
    private final boolean caseSensitive;
    private final List<WatermarkSpec> open = new ArrayList<>();
    private final List<PlacedWatermark> placed = new ArrayList<>();
    private final List<WatermarkSearch.Place> seen = new ArrayList<>();

    private WatermarkPlacement(NodePlan node, boolean caseSensitive) {
        this.node = node;
        this.caseSensitive = caseSensitive;
        node.streaming().map(StreamingPlan::watermarks).ifPresent(open::addAll);
    }

    static WatermarkPlacement of(NodePlan node, SparkSession session) {
        return new WatermarkPlacement(
                node, Boolean.parseBoolean(session.conf().get("spark.sql.caseSensitive", "false")));
    }

    /** The watermarks set so far. */
    List<PlacedWatermark> placed() {
        return placed;
    }

    /**
     * Sets what can be set on the inputs as they were read.
     *
     * @throws StepException if a watermark of a named input has no place there
     */
    void onInputs(IdentityHashMap<InputPlan, Dataset<Row>> inputs) {
        for (WatermarkSpec spec : List.copyOf(open)) {
            if (spec.input().isPresent() && !isPrimary(spec.input().get())) {
                onNamed(spec, spec.input().get(), inputs);
                open.remove(spec);
            }
        }
        node.primary().ifPresent(primary -> {
            String where = primary.fold(read -> "after the read", from -> "on the result of '" + from.node() + "'");
            inputs.computeIfPresent(primary, (input, rows) -> place(where, rows));
        });
        if (node.steps().isEmpty()) {
            refuseOpen();
        }
    }

    /**
     * Sets what can be set on the rows that a step has made.
     *
     * @throws StepException if this was the last step and a watermark has no place
     */
    Dataset<Row> after(Step step, Dataset<Row> rows) {
        Dataset<Row> marked = place("after " + step.label(), rows);
        if (step.number() == node.steps().get(node.steps().size() - 1).number()) {
            refuseOpen();
        }
        return marked;
    }

    private boolean isPrimary(String name) {
        InputPlan named = node.inputs().get(name);
        return named != null && node.primary().filter(input -> input == named).isPresent();
    }

    private void onNamed(WatermarkSpec spec, String name, IdentityHashMap<InputPlan, Dataset<Row>> inputs) {
        InputPlan input = node.inputs().get(name);
        Dataset<Row> rows = input == null ? null : inputs.get(input);
        if (input == null || rows == null) {
            throw new StepException(refuse(spec, "there is no input '" + name + "'")
                    .allow(String.join(", ", node.inputs().keySet()))
                    .suggest(name, node.inputs().keySet()));
        }
        String where = "on input '" + name + "'";
        if (!rows.isStreaming()) {
            throw new StepException(refuse(spec, "input '" + name + "' is not a stream")
                    .fix("take the watermark out, or name the input that is a stream"));
        }
        Optional<StructField> column = timestamp(spec, rows);
        if (column.isEmpty()) {
            throw new StepException(
                    search(spec).refuse(List.of(WatermarkSearch.Place.of(where, rows)), otherInputs(spec, inputs)));
        }
        inputs.put(input, mark(spec, where, column.get(), rows));
    }

    private Dataset<Row> place(String where, Dataset<Row> rows) {
        if (open.isEmpty()) {
            return rows;
        }
        WatermarkSearch.Place here = WatermarkSearch.Place.of(where, rows);
        seen.add(here);
        Dataset<Row> marked = rows;
        for (WatermarkSpec spec : List.copyOf(open)) {
            Optional<StructField> column = timestamp(spec, rows);
            if (column.isPresent() && rows.isStreaming() && !here.keepsState()) {
                marked = mark(spec, where, column.get(), marked);
                open.remove(spec);
            }
        }
        return marked;
    }

    private Dataset<Row> mark(WatermarkSpec spec, String where, StructField column, Dataset<Row> rows) {
        if (StatefulOperators.isWatermarked(rows)) {
            throw new StepException(Finding.of(
                            FindingCode.STREAM_WATERMARK_REDEFINED,
                            spec.at(),
                            "a watermark on '" + spec.column() + "' cannot be set " + where
                                    + ": its rows have a watermark already")
                    .why("Spark keeps one watermark on each way from a source to the sink")
                    .fix("keep one of them: here, or in the node above"));
        }
        placed.add(new PlacedWatermark(spec, where));
        return rows.withWatermark(column.name(), spec.delay().toMillis() + " milliseconds");
    }

    private Optional<StructField> timestamp(WatermarkSpec spec, Dataset<Row> rows) {
        return WatermarkSearch.find(rows.schema(), spec.column(), caseSensitive)
                .filter(field -> field.dataType().equals(DataTypes.TimestampType));
    }

    private void refuseOpen() {
        if (!open.isEmpty()) {
            throw new StepException(search(open.get(0)).refuse(seen, List.of()));
        }
    }

    private List<String> otherInputs(WatermarkSpec spec, IdentityHashMap<InputPlan, Dataset<Row>> inputs) {
        List<String> names = new ArrayList<>();
        node.inputs().forEach((name, input) -> {
            Dataset<Row> rows = inputs.get(input);
            if (rows != null && timestamp(spec, rows).isPresent()) {
                names.add(name);
            }
        });
        return names;
    }

    private WatermarkSearch search(WatermarkSpec spec) {
        return new WatermarkSearch(spec, caseSensitive);
    }

    private static Finding refuse(WatermarkSpec spec, String why) {
        return Finding.of(
                FindingCode.STREAM_WATERMARK_COLUMN, spec.at(), "watermark on '" + spec.column() + "': " + why);
    }
}
