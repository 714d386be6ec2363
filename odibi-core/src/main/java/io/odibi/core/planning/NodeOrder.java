package io.odibi.core.planning;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.NodeSpec;
import io.odibi.core.plan.NodeId;
import io.odibi.core.plan.NodePlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts each node after those that it uses, in the order written among equals; says where nodes wait for each other. */
final class NodeOrder {

    private final Map<NodeId, NodePlan> nodes;
    private final Map<NodeId, NodeSpec> specs;
    private final Findings findings;
    private final Set<NodeId> done = new LinkedHashSet<>();

    NodeOrder(Map<NodeId, NodePlan> nodes, Map<NodeId, NodeSpec> specs, Findings findings) {
        this.nodes = nodes;
        this.specs = specs;
        this.findings = findings;
    }

    /** Returns the nodes in order; those on a cycle come last and are added to {@code broken}. */
    List<NodePlan> sort(Set<NodeId> broken) {
        Set<NodeId> left = new LinkedHashSet<>(nodes.keySet());
        while (!left.isEmpty()) {
            NodeId next = left.stream().filter(this::isReady).findFirst().orElse(null);
            if (next == null) {
                reportCycles(left, broken);
                done.addAll(left);
                break;
            }
            left.remove(next);
            done.add(next);
        }
        List<NodePlan> ordered = new ArrayList<>();
        done.forEach(id -> ordered.add(plan(id)));
        return ordered;
    }

    private boolean isReady(NodeId id) {
        return plan(id).upstream().stream().allMatch(up -> done.contains(up) || !nodes.containsKey(up));
    }

    private NodePlan plan(NodeId id) {
        NodePlan plan = nodes.get(id);
        if (plan == null) {
            throw new IllegalArgumentException("no node " + id);
        }
        return plan;
    }

    private void reportCycles(Set<NodeId> stuck, Set<NodeId> broken) {
        Set<NodeId> told = new HashSet<>();
        for (NodeId start : stuck) {
            List<NodeId> cycle = cycleFrom(start, stuck);
            broken.add(start);
            if (cycle.stream().noneMatch(told::contains)) {
                report(cycle);
            }
            told.addAll(cycle);
        }
    }

    /** Follows the first stuck upstream node until one comes again; every stuck node has one. */
    private List<NodeId> cycleFrom(NodeId start, Set<NodeId> stuck) {
        List<NodeId> path = new ArrayList<>();
        NodeId node = start;
        while (!path.contains(node)) {
            path.add(node);
            node = plan(node).upstream().stream()
                    .filter(up -> stuck.contains(up) && !done.contains(up))
                    .findFirst()
                    .orElseThrow();
        }
        return path.subList(path.indexOf(node), path.size());
    }

    private void report(List<NodeId> cycle) {
        NodeId first = cycle.get(0);
        NodeSpec spec = specs.get(first);
        List<String> names = new ArrayList<>(cycle.stream().map(NodeId::node).toList());
        names.add(first.node());
        findings.add(Finding.of(
                        FindingCode.PLAN_CYCLE,
                        spec == null ? plan(first).at() : spec.name().at(),
                        "nodes wait for each other: " + String.join(" -> ", names))
                .fix("take one of these dependencies out"));
    }
}
