package io.odibi.cli.report;

import io.odibi.cli.text.Json;
import io.odibi.cli.text.Rows;
import io.odibi.cli.text.Rows.Align;
import io.odibi.cli.text.Style;
import io.odibi.cli.text.Style.Look;
import io.odibi.cli.text.Terminal;
import io.odibi.core.model.Processing;
import io.odibi.core.model.StreamingSpec.StateGrowth;
import io.odibi.core.model.WatermarkSpec;
import io.odibi.core.plan.InputPlan;
import io.odibi.core.plan.NodeId;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.Plan;
import io.odibi.core.plan.StreamInsight;
import io.odibi.core.plan.StreamingPlan;
import io.odibi.core.settings.Durations;
import io.odibi.core.text.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A plan as a drawing with what each stream does, as JSON, and as a Mermaid flow chart. */
public final class PlanReport {

    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i)secret|password|token|[.]key|accesskey|jaas|[.]sas|credential|connectionstring");

    /**
     * A setting of the engine that Odibi chose.
     *
     * @param name the engine's name of it
     * @param value what it is set to
     * @param why one clause
     */
    public record Chosen(String name, String value, String why) {}

    private final Plan plan;
    private final Function<NodeId, Optional<StreamInsight>> insights;
    private final List<Chosen> chosen;

    /** Makes the report of a plan, with what the analysis tells of its streams, and what Odibi chose for the engine. */
    public PlanReport(Plan plan, Function<NodeId, Optional<StreamInsight>> insights, List<Chosen> chosen) {
        this.plan = plan;
        this.insights = insights;
        this.chosen = List.copyOf(chosen);
    }

    /** Returns the drawing, then what each stream does, then what is set in the engine. */
    public String text(Style style) {
        List<String> lines = new ArrayList<>();
        lines.add(style.paint(Look.STRONG, "project " + Terminal.printable(plan.project())));
        lines.add("");
        lines.addAll(new PlanGraph(plan).lines());
        for (NodePlan node : plan.nodes()) {
            node.streaming().ifPresent(streaming -> {
                lines.add("");
                lines.add(style.paint(
                        Look.STRONG, "stream " + Terminal.printable(node.id().toString())));
                stream(node, streaming).lines().forEach(line -> lines.add("  " + line));
            });
        }
        engine(style, lines);
        return String.join("\n", lines) + "\n";
    }

    /** Returns a line for each node, in the order in which they start. */
    public List<String> order() {
        Rows rows = new Rows(Align.RIGHT, Align.LEFT, Align.LEFT, Align.LEFT);
        int place = 0;
        for (NodePlan node : plan.nodes()) {
            List<String> from = new ArrayList<>(NodeLines.reads(node));
            node.upstream().forEach(up -> from.add(Terminal.printable(up.node())));
            rows.add(
                    "  " + ++place,
                    Terminal.printable(node.id().toString()),
                    NodeLines.mode(node),
                    String.join(", ", from) + " → " + NodeLines.target(node));
        }
        return rows.lines();
    }

    private Rows stream(NodePlan node, StreamingPlan streaming) {
        Rows rows = new Rows(Align.LEFT, Align.LEFT);
        boolean isView = node.write().isEmpty();
        if (!isView) {
            rows.add("trigger", streaming.trigger().toString());
            rows.add("output mode", streaming.outputMode().value().word());
        }
        Optional<StreamInsight> insight = insights.apply(node.id());
        for (WatermarkSpec watermark : streaming.watermarks()) {
            rows.add("watermark", words(watermark));
            insight.stream()
                    .flatMap(known -> known.watermarks().stream())
                    .filter(place -> place.column().equals(watermark.column()))
                    .forEach(place -> rows.add("", "set " + Terminal.printable(place.where())));
        }
        insight.ifPresent(known -> state(known, rows));
        if (streaming.stateGrowth() == StateGrowth.ACCEPTED) {
            rows.add("state", "may grow without bound (unbounded_state: accept)");
        }
        if (!isView) {
            rows.add("checkpoint", Terminal.printable(streaming.checkpoint().value()));
            rows.add("restart", streaming.supervision().restart().toString());
        }
        Guarantee.of(node, plan).ifPresent(promise -> {
            rows.add("delivery", promise.words());
            rows.add("", promise.reason());
        });
        return rows;
    }

    private static void state(StreamInsight insight, Rows rows) {
        if (insight.state().isEmpty()) {
            rows.add("state", "none: each row is treated on its own");
        }
        insight.state().forEach(operator -> {
            rows.add("state", Terminal.printable(operator.operator() + ", at " + operator.at()));
            rows.add("", operator.bound());
        });
    }

    private void engine(Style style, List<String> lines) {
        if (!plan.engine().isEmpty()) {
            lines.add("");
            lines.add(style.paint(Look.STRONG, "set by the project"));
            Rows rows = new Rows(Align.LEFT, Align.LEFT);
            given().forEach(rows::add);
            rows.lines().forEach(line -> lines.add("  " + line));
        }
        if (!chosen.isEmpty()) {
            lines.add("");
            lines.add(style.paint(Look.STRONG, "set by Odibi")
                    + ", unless the project or the command line says otherwise");
            for (Chosen one : chosen) {
                lines.add("  " + one.name() + " = " + one.value());
                lines.add("      " + style.paint(Look.FAINT, one.why()));
            }
        }
    }

    private Map<String, String> given() {
        Map<String, String> shown = new LinkedHashMap<>();
        plan.engine()
                .forEach((name, value) -> shown.put(
                        Terminal.printable(name),
                        SECRET_NAME.matcher(name).find() ? Secret.MASK : Terminal.printable(value)));
        return shown;
    }

    private static String words(WatermarkSpec watermark) {
        String input = watermark.input().map(name -> " of " + name).orElse("");
        return Terminal.printable(watermark.column() + input) + ", rows may be " + Durations.format(watermark.delay())
                + " late";
    }

    /** Adds {@code project}, {@code nodes} and {@code engine} to an object. */
    public void write(Json json) {
        json.put("project", plan.project());
        json.objects("nodes", plan.nodes(), this::write);
        json.object(
                "engine",
                engine -> engine.object("given", given -> given().forEach(given::put))
                        .objects(
                                "chosen",
                                chosen,
                                (object, one) -> object.put("name", one.name())
                                        .put("value", one.value())
                                        .put("why", one.why())));
    }

    private void write(Json json, NodePlan node) {
        json.put("pipeline", node.id().pipeline())
                .put("node", node.id().node())
                .put("mode", node.processing() == Processing.STREAMING ? "streaming" : "batch");
        List<InputPlan> primary = node.primary().map(List::of).orElse(List.of());
        json.objects("input", primary, PlanReport::write);
        json.objects("inputs", node.inputs().entrySet(), (object, named) -> {
            object.put("name", named.getKey());
            write(object, named.getValue());
        });
        json.objects(
                "steps",
                node.steps(),
                (object, step) -> object.put("type", step.type())
                        .put("file", step.at().file())
                        .put("line", step.at().line()));
        node.write()
                .ifPresent(write -> json.object(
                        "sink",
                        sink -> sink.put("format", write.format())
                                .put("label", write.target().label())
                                .put("mode", write.mode().word())));
        node.streaming().ifPresent(streaming -> json.object("streaming", object -> write(object, node, streaming)));
    }

    private void write(Json json, NodePlan node, StreamingPlan streaming) {
        json.put("trigger", streaming.trigger().toString())
                .put("output_mode", streaming.outputMode().value().word())
                .put("checkpoint", streaming.checkpoint().value())
                .truth("unbounded_state", streaming.stateGrowth() == StateGrowth.ACCEPTED)
                .objects(
                        "watermarks",
                        streaming.watermarks(),
                        (object, watermark) -> object.put("input", watermark.input())
                                .put("column", watermark.column())
                                .put("delay", Durations.format(watermark.delay())));
        insights.apply(node.id())
                .ifPresent(insight -> json.objects(
                                "watermarks_set",
                                insight.watermarks(),
                                (object, place) ->
                                        object.put("column", place.column()).put("where", place.where()))
                        .objects(
                                "state",
                                insight.state(),
                                (object, operator) -> object.put("operator", operator.operator())
                                        .put("at", operator.at().toString())
                                        .put("bound", operator.bound())));
        Guarantee.of(node, plan)
                .ifPresent(promise -> json.object(
                        "delivery",
                        object -> object.put("guarantee", promise.words()).put("reason", promise.reason())));
    }

    private static void write(Json json, InputPlan input) {
        if (input instanceof InputPlan.FromRead from) {
            json.put("format", from.read().format())
                    .put("label", from.read().scan().label())
                    .put("mode", from.read().processing() == Processing.STREAMING ? "streaming" : "batch");
        } else if (input instanceof InputPlan.FromNode from) {
            json.put("pipeline", from.node().pipeline()).put("node", from.node().node());
        }
    }

    /** Returns a Mermaid flow chart: sources, nodes and sinks from left to right, a frame around each pipeline. */
    public String mermaid() {
        List<String> lines = new ArrayList<>(List.of("flowchart LR"));
        Map<NodeId, String> names = new LinkedHashMap<>();
        plan.nodes().forEach(node -> names.put(node.id(), "n" + names.size()));
        Map<String, List<NodePlan>> byPipeline = plan.nodes().stream()
                .collect(Collectors.groupingBy(node -> node.id().pipeline(), LinkedHashMap::new, Collectors.toList()));
        int frame = 0;
        for (Map.Entry<String, List<NodePlan>> pipeline : byPipeline.entrySet()) {
            lines.add("  subgraph p" + frame++ + "[" + quoted(pipeline.getKey()) + "]");
            for (NodePlan node : pipeline.getValue()) {
                lines.add("    " + names.get(node.id()) + "["
                        + quoted(node.id().node() + " (" + NodeLines.mode(node) + ")") + "]");
            }
            lines.add("  end");
        }
        for (NodePlan node : plan.nodes()) {
            edges(node, names, lines);
        }
        return String.join("\n", lines) + "\n";
    }

    private static void edges(NodePlan node, Map<NodeId, String> names, List<String> lines) {
        String name = names.get(node.id());
        int source = 0;
        for (String read : NodeLines.reads(node)) {
            lines.add("  " + name + "s" + source++ + "[(" + quoted(read) + ")] --> " + name);
        }
        node.upstream().forEach(up -> lines.add("  " + names.getOrDefault(up, "missing") + " --> " + name));
        node.write()
                .ifPresent(write -> lines.add("  " + name + " --> " + name + "t[("
                        + quoted(write.target().label()) + ")]"));
    }

    private static String quoted(String text) {
        String shown = Terminal.printable(text)
                .replace("&", "&amp;")
                .replace("\"", "&quot;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
        return "\"" + shown + "\"";
    }
}
