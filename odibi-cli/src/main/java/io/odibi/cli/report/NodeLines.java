package io.odibi.cli.report;

import io.odibi.cli.text.Terminal;
import io.odibi.core.describe.Step;
import io.odibi.core.model.Processing;
import io.odibi.core.plan.InputPlan;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.WritePlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a node reads, does and writes, as a person would say it. */
final class NodeLines {

    private NodeLines() {}

    /** {@code stream} or {@code batch}. */
    static String mode(NodePlan node) {
        return node.processing() == Processing.STREAMING ? "stream" : "batch";
    }

    /** The names of what it reads, not counting other nodes: {@code kafka topic raw_events}, {@code csv ./rates as rates}. */
    static List<String> reads(NodePlan node) {
        List<String> labels = new ArrayList<>();
        reads(node.primary().map(List::of).orElse(List.of())).forEach(labels::add);
        Map<String, InputPlan> named = new LinkedHashMap<>(node.inputs());
        node.primary().ifPresent(primary -> named.values().removeIf(primary::equals));
        named.forEach((name, input) -> reads(List.of(input)).forEach(label -> labels.add(label + " as " + name)));
        return labels;
    }

    /** {@code sql → derive → sql}. */
    static String steps(NodePlan node) {
        return node.steps().stream().map(Step::type).collect(Collectors.joining(" → "));
    }

    /** Where it writes, and how. */
    static String target(NodePlan node) {
        return node.write().map(write -> label(write, node)).orElse("a view for other nodes");
    }

    private static String label(WritePlan write, NodePlan node) {
        String label = Terminal.printable(write.target().label());
        return node.processing() == Processing.STREAMING
                ? label
                : label + " (" + write.mode().word() + ")";
    }

    private static List<String> reads(List<InputPlan> inputs) {
        return inputs.stream()
                .filter(InputPlan.FromRead.class::isInstance)
                .map(input -> Terminal.printable(
                        ((InputPlan.FromRead) input).read().scan().label()))
                .toList();
    }
}
