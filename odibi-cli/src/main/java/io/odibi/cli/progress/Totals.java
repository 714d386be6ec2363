package io.odibi.cli.progress;

import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.QueryProgress;
import io.odibi.core.execution.RowCounts;
import io.odibi.core.plan.NodeId;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Adds up the rows of streams, for results that do not know them. Not safe for use by several threads. */
final class Totals {

    private final Map<NodeId, RowCounts> sums = new HashMap<>();

    void add(QueryProgress progress) {
        RowCounts before = sums.getOrDefault(progress.node(), new RowCounts(OptionalLong.of(0), OptionalLong.of(0)));
        sums.put(
                progress.node(),
                new RowCounts(
                        add(before.in(), progress.rows().in()),
                        add(before.out(), progress.rows().out())));
    }

    /** What a node has taken and given so far. */
    RowCounts of(NodeId node) {
        return sums.getOrDefault(node, RowCounts.unknown());
    }

    /** What a node has taken and given: a stream over all its starts, of which the result knows the last only. */
    RowCounts of(NodeResult result) {
        return sums.getOrDefault(result.node(), result.rows());
    }

    private static OptionalLong add(OptionalLong a, OptionalLong b) {
        return a.isPresent() && b.isPresent() ? OptionalLong.of(a.getAsLong() + b.getAsLong()) : OptionalLong.empty();
    }
}
