package io.odibi.core.planning;

import io.odibi.core.catalog.PluginCatalog;
import io.odibi.core.describe.Connection;
import io.odibi.core.describe.ConnectionRequest;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.ConnectionSpec;
import io.odibi.core.model.NodeSpec;
import io.odibi.core.model.NodeSpec.Completeness;
import io.odibi.core.model.PipelineSpec;
import io.odibi.core.model.ProjectSpec;
import io.odibi.core.plan.NodeId;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.Plan;
import io.odibi.core.port.ConnectionType;
import io.odibi.core.text.Located;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns a project into a plan. Immutable; each call of {@link #plan} works on its own. */
public final class Planner {

    private final PluginCatalog catalog;

    /** Makes a planner that resolves names against what is installed. */
    public Planner(PluginCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Plans a project: resolves connections, formats, transforms and upstream nodes, reads their settings, and orders the nodes.
     *
     * @param project the project as it was written
     * @param findings what the loader found; what is found here is added
     */
    public PlanDraft plan(ProjectSpec project, Findings findings) {
        Map<String, Optional<Connection>> connections = describeConnections(project, findings);
        Map<NodeId, NodeSpec> specs = index(project, findings);
        if (specs.isEmpty() && !findings.hasErrors()) {
            findings.add(Finding.of(FindingCode.PLAN_EMPTY, project.at(), "the project has no nodes")
                    .why("there is nothing to run"));
        }
        Set<NodeId> broken = new HashSet<>();
        Map<NodeId, NodePlan> planned = new LinkedHashMap<>();
        for (Map.Entry<NodeId, NodeSpec> entry : specs.entrySet()) {
            long before = findings.errorCount();
            NodePlanning planning =
                    new NodePlanning(project, catalog, connections, specs, entry.getKey(), entry.getValue(), findings);
            planned.put(entry.getKey(), planning.plan());
            if (findings.errorCount() > before
                    || planning.hasLostConnection()
                    || entry.getValue().completeness() == Completeness.PARTIAL) {
                broken.add(entry.getKey());
            }
        }
        List<NodePlan> ordered = new NodeOrder(planned, specs, findings).sort(broken);
        Map<String, String> engine = new LinkedHashMap<>();
        project.engine().forEach((key, value) -> engine.put(key, value.value()));
        return new PlanDraft(new Plan(project.name(), ordered, engine), spread(ordered, broken), findings);
    }

    private Map<String, Optional<Connection>> describeConnections(ProjectSpec project, Findings findings) {
        Map<String, Optional<Connection>> described = new LinkedHashMap<>();
        for (ConnectionSpec spec : project.connections().values()) {
            described.put(spec.name().value(), describe(spec, project, findings));
        }
        return described;
    }

    private Optional<Connection> describe(ConnectionSpec spec, ProjectSpec project, Findings findings) {
        Optional<ConnectionType> type = catalog.connections().find(spec.type().value());
        if (type.isEmpty()) {
            findings.add(notInstalled(catalog.connections(), spec.type()));
            return Optional.empty();
        }
        return type.get()
                .settings()
                .read(spec.settings(), findings)
                .flatMap(settings -> type.get()
                        .describe(
                                new ConnectionRequest(
                                        spec.name().value(), spec.type().value(), settings, project.folder()),
                                findings));
    }

    /** Says that no installed plugin has a name. */
    static Finding notInstalled(PluginCatalog.Registered<?> kind, Located<String> name) {
        return Finding.of(
                        FindingCode.PLAN_NOT_INSTALLED,
                        name.at(),
                        "no " + kind.kind() + " '" + name.value() + "' is installed")
                .suggest(name.value(), kind.byName().keySet())
                .fix(kind.mend(name.value()));
    }

    private static Map<NodeId, NodeSpec> index(ProjectSpec project, Findings findings) {
        Map<NodeId, NodeSpec> specs = new LinkedHashMap<>();
        Map<String, Located<String>> pipelines = new LinkedHashMap<>();
        for (PipelineSpec pipeline : project.pipelines()) {
            Located<String> earlier = pipelines.putIfAbsent(pipeline.name().value(), pipeline.name());
            if (earlier != null) {
                findings.add(taken("pipeline", pipeline.name(), earlier));
            }
            for (NodeSpec node : pipeline.nodes()) {
                NodeId id = new NodeId(pipeline.name().value(), node.name().value());
                NodeSpec other = specs.putIfAbsent(id, node);
                if (other != null && earlier == null) {
                    findings.add(taken("node", node.name(), other.name()));
                }
            }
        }
        return specs;
    }

    private static Finding taken(String what, Located<String> name, Located<String> earlier) {
        return Finding.of(FindingCode.CONFIG_DUPLICATE_NAME, name.at(), what + " '" + name.value() + "' is there twice")
                .why("the first is at " + earlier.at())
                .fix("give one of them another name");
    }

    private static Set<NodeId> spread(List<NodePlan> ordered, Set<NodeId> broken) {
        Set<NodeId> reached = new LinkedHashSet<>(broken);
        for (NodePlan node : ordered) {
            if (node.upstream().stream().anyMatch(reached::contains)) {
                reached.add(node.id());
            }
        }
        return reached;
    }
}
