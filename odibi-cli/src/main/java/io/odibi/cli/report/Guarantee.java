package io.odibi.cli.report;

import io.odibi.core.describe.Delivery;
import io.odibi.core.describe.SourceTraits.Replay;
import io.odibi.core.model.Processing;
import io.odibi.core.plan.InputPlan;
import io.odibi.core.plan.NodeId;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.Plan;
import io.odibi.core.plan.ReadPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a stream is promised from its sources to its sink after failures and restarts.
 *
 * @param words the promise
 * @param reason what it rests on
 */
record Guarantee(String words, String reason) {

    /** Returns the promise of a streaming node that writes; empty for any other. */
    static Optional<Guarantee> of(NodePlan node, Plan plan) {
        if (node.processing() != Processing.STREAMING || node.write().isEmpty()) {
            return Optional.empty();
        }
        List<ReadPlan> sources = new ArrayList<>();
        collect(node, plan, new HashSet<>(), sources);
        List<String> lost = labels(sources, Replay.NONE);
        if (!lost.isEmpty()) {
            return Optional.of(
                    new Guarantee("may lose rows", String.join(", ", lost) + " cannot be read again after a failure"));
        }
        Delivery delivery = node.write().get().traits().delivery();
        List<String> replayed = labels(sources, Replay.BY_OFFSET);
        String source = replayed.isEmpty() ? "" : String.join(", ", replayed) + " is read again by its offsets; ";
        return Optional.of(new Guarantee(delivery.guarantee().words(), source + delivery.reason()));
    }

    private static List<String> labels(List<ReadPlan> sources, Replay replay) {
        return sources.stream()
                .filter(read -> read.traits().replay() == replay)
                .map(read -> read.scan().label())
                .distinct()
                .toList();
    }

    private static void collect(NodePlan node, Plan plan, Set<NodeId> seen, List<ReadPlan> sources) {
        if (!seen.add(node.id())) {
            return;
        }
        List<InputPlan> inputs = new ArrayList<>(node.inputs().values());
        node.primary().ifPresent(inputs::add);
        for (InputPlan input : inputs) {
            if (input instanceof InputPlan.FromRead from && from.read().processing() == Processing.STREAMING) {
                sources.add(from.read());
            } else if (input instanceof InputPlan.FromNode from) {
                plan.find(from.node())
                        .filter(up -> up.processing() == Processing.STREAMING)
                        .ifPresent(up -> collect(up, plan, seen, sources));
            }
        }
    }
}
