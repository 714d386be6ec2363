package io.odibi.core.plan;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.Options;
import io.odibi.core.describe.Scan.FormatScan;
import io.odibi.core.describe.Step;
import io.odibi.core.describe.Target.FormatTarget;
import io.odibi.core.model.Processing;
import io.odibi.core.text.Position;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A node, every name resolved.
 *
 * @param id which node
 * @param primary where its current frame starts; empty for a node whose first step names its inputs itself
 * @param inputs named inputs: those of {@code inputs:} and every node that it depends on
 * @param steps what it does, in order
 * @param write where it writes; empty for a node that others build on
 * @param streaming how it runs as a stream; empty for batch
 * @param at where it was written
 */
public record NodePlan(
        NodeId id,
        Optional<InputPlan> primary,
        Map<String, InputPlan> inputs,
        List<Step> steps,
        Optional<WritePlan> write,
        Optional<StreamingPlan> streaming,
        Position at) {

    public NodePlan {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        steps = List.copyOf(steps);
    }

    /** How the node treats its input. */
    public Processing processing() {
        return streaming.isPresent() ? Processing.STREAMING : Processing.BATCH;
    }

    /** Whether it is a streaming query of its own: a stream without a write is a part of those that build on it. */
    public boolean isQuery() {
        return streaming.isPresent() && write.isPresent();
    }

    /** The nodes whose results this one uses, in the order named. */
    public Set<NodeId> upstream() {
        Set<NodeId> nodes = new LinkedHashSet<>();
        primary.ifPresent(input -> collect(input, nodes));
        inputs.values().forEach(input -> collect(input, nodes));
        return nodes;
    }

    /** The options of all that the node reads and writes, those of each connection before those of the read or write. */
    public List<Options> options() {
        List<Options> all = new ArrayList<>();
        primary.ifPresent(input -> collect(input, all));
        inputs.values().forEach(input -> collect(input, all));
        write.ifPresent(written -> {
            written.connection().map(Connection::options).ifPresent(all::add);
            if (written.target() instanceof FormatTarget target) {
                all.add(target.options());
            }
        });
        return all;
    }

    private static void collect(InputPlan input, List<Options> all) {
        if (input instanceof InputPlan.FromRead from) {
            from.read().connection().map(Connection::options).ifPresent(all::add);
            if (from.read().scan() instanceof FormatScan scan) {
                all.add(scan.options());
            }
        }
    }

    private static void collect(InputPlan input, Set<NodeId> nodes) {
        if (input instanceof InputPlan.FromNode from) {
            nodes.add(from.node());
        }
    }
}
