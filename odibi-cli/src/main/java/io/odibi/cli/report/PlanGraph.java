package io.odibi.cli.report;

import io.odibi.cli.text.Terminal;
import io.odibi.core.plan.NodeId;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Draws a plan: a box for each node, in the order of the plan, and a rail to the left for each node whose result others use. A rail
 * begins where its node ends and goes down to the last node that uses it.
 */
final class PlanGraph {

    private static final int RAIL_WIDTH = 3;

    private final Plan plan;
    private final List<Integer> columns = new ArrayList<>();
    private final Map<NodeId, Integer> lastUse = new HashMap<>();
    private final int rails;

    PlanGraph(Plan plan) {
        this.plan = plan;
        for (int i = 0; i < plan.nodes().size(); i++) {
            int place = i;
            plan.nodes().get(i).upstream().forEach(up -> lastUse.put(up, place));
        }
        rails = layOut();
    }

    /** Gives each node with users the first rail that is free there, and returns how many rails there are. */
    private int layOut() {
        List<Integer> freeAfter = new ArrayList<>();
        for (int i = 0; i < plan.nodes().size(); i++) {
            NodeId id = plan.nodes().get(i).id();
            int column = -1;
            if (lastUse.containsKey(id)) {
                int place = i;
                column = 0;
                while (column < freeAfter.size() && freeAfter.get(column) > place) {
                    column++;
                }
                if (column == freeAfter.size()) {
                    freeAfter.add(0);
                }
                freeAfter.set(column, lastUse.get(id));
            }
            columns.add(column);
        }
        return freeAfter.size();
    }

    List<String> lines() {
        List<List<String>> boxes = plan.nodes().stream().map(PlanGraph::content).toList();
        int width = boxes.stream()
                .flatMap(List::stream)
                .mapToInt(String::length)
                .max()
                .orElse(0);
        List<String> drawn = new ArrayList<>();
        List<Integer> active = new ArrayList<>();
        for (int i = 0; i < boxes.size(); i++) {
            drawBox(i, boxes.get(i), width, active, drawn);
        }
        return drawn;
    }

    private void drawBox(int place, List<String> content, int width, List<Integer> active, List<String> drawn) {
        NodePlan node = plan.nodes().get(place);
        String bar = "─".repeat(width + 2);
        drawn.add(passing(active) + "┌" + bar + "┐");
        for (int line = 0; line < content.size(); line++) {
            String gutter = passing(active);
            String edge = "│";
            if (line == 0 && !node.upstream().isEmpty()) {
                gutter = arriving(node, place, active);
            }
            int own = columns.get(place);
            if (line == content.size() - 1 && own >= 0) {
                gutter = leaving(own, active);
                edge = "┤";
                active.add(own);
            }
            String text = line == 0 ? title(node, width) : content.get(line);
            drawn.add(gutter + edge + " " + text + " ".repeat(width - text.length()) + " │");
        }
        drawn.add(passing(active) + "└" + bar + "┘");
    }

    private static String title(NodePlan node, int width) {
        String name = Terminal.printable(node.id().node());
        String mode = NodeLines.mode(node);
        return name + " ".repeat(Math.max(1, width - name.length() - mode.length())) + mode;
    }

    private static List<String> content(NodePlan node) {
        List<String> lines = new ArrayList<>();
        lines.add(Terminal.printable(node.id().node()) + "   " + NodeLines.mode(node));
        NodeLines.reads(node).forEach(read -> lines.add("from   " + read));
        if (!node.steps().isEmpty()) {
            lines.add("steps  " + NodeLines.steps(node));
        }
        lines.add("to     " + NodeLines.target(node));
        return lines;
    }

    private String passing(List<Integer> active) {
        return new String(gutter(active));
    }

    /** The rails of the nodes that this one uses turn towards its box; a rail that nobody uses below ends. */
    private String arriving(NodePlan node, int place, List<Integer> active) {
        char[] gutter = gutter(active);
        List<Integer> used = new ArrayList<>();
        for (NodeId up : node.upstream()) {
            for (int i = 0; i < place; i++) {
                if (plan.nodes().get(i).id().equals(up)) {
                    used.add(columns.get(i));
                    if (lastUse.getOrDefault(up, -1) == place) {
                        active.remove(columns.get(i));
                    }
                }
            }
        }
        int farthest = used.stream().mapToInt(this::at).min().orElse(gutter.length);
        for (int x = farthest; x < gutter.length; x++) {
            gutter[x] = gutter[x] == '│' ? '┼' : '─';
        }
        for (int column : used) {
            boolean goesOn = active.contains(column);
            boolean isFarthest = at(column) == farthest;
            gutter[at(column)] = goesOn ? (isFarthest ? '├' : '┼') : isFarthest ? '└' : '┴';
        }
        if (!used.isEmpty()) {
            gutter[gutter.length - 1] = '▶';
        }
        return new String(gutter);
    }

    private String leaving(int column, List<Integer> active) {
        char[] gutter = gutter(active);
        for (int x = at(column) + 1; x < gutter.length; x++) {
            gutter[x] = gutter[x] == '│' ? '┼' : '─';
        }
        gutter[at(column)] = '┌';
        return new String(gutter);
    }

    private char[] gutter(List<Integer> active) {
        char[] gutter = new char[rails * RAIL_WIDTH];
        Arrays.fill(gutter, ' ');
        active.forEach(column -> gutter[at(column)] = '│');
        return gutter;
    }

    /** The first rail is the nearest to the boxes. */
    private int at(int column) {
        return (rails - 1 - column) * RAIL_WIDTH;
    }
}
