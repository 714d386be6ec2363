package io.odibi.core.check;

import io.odibi.core.catalog.PluginCatalog;
import io.odibi.core.error.InternalException;
import io.odibi.core.error.OdibiException;
import io.odibi.core.execution.Resources;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.Findings;
import io.odibi.core.plan.NodeId;
import io.odibi.core.plan.Plan;
import io.odibi.core.plan.StreamInsight;
import io.odibi.core.planning.PlanDraft;
import io.odibi.core.port.CheckContext;
import io.odibi.core.port.Rule;
import io.odibi.core.port.Transform;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks every rule about a plan: the core's own, then those of the plugins. Immutable; each check works on its own. */
public final class PlanChecker {

    private static final List<Rule> CORE =
            List.of(new SourceRule(), new SinkRule(), new StepRule(), new CheckpointRule());

    private final PluginCatalog catalog;

    /** Makes a checker with the rules of what is installed. */
    public PlanChecker(PluginCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Checks a plan.
     *
     * @param draft the plan, with what was found while it was made
     * @param resources what rules may share with a run that follows
     */
    public CheckResult check(PlanDraft draft, Resources resources) {
        Context context = new Context(draft, catalog, resources);
        CORE.forEach(rule -> rule.check(context));
        new ExecutionModeRule(catalog.executionModes()).check(context);
        catalog.rules().forEach(rule -> ask(rule, context));
        Findings findings = draft.findings();
        List<Finding> sorted = findings.sorted();
        return findings.hasErrors()
                ? new CheckResult(sorted, Optional.empty())
                : new CheckResult(sorted, Optional.of(new CheckedPlan(draft.plan(), sorted, context.insights)));
    }

    private static void ask(Rule rule, CheckContext context) {
        try {
            rule.check(context);
        } catch (OdibiException told) {
            throw told;
        } catch (RuntimeException | LinkageError broken) {
            throw new InternalException(
                    "cannot check the plan: rule " + rule.getClass().getSimpleName() + " failed", broken);
        }
    }

    private static final class Context implements CheckContext {
        private final PlanDraft draft;
        private final PluginCatalog catalog;
        private final Resources resources;
        private final Set<NodeId> broken;
        private final Map<NodeId, StreamInsight> insights = new HashMap<>();

        private Context(PlanDraft draft, PluginCatalog catalog, Resources resources) {
            this.draft = draft;
            this.catalog = catalog;
            this.resources = resources;
            this.broken = new HashSet<>(draft.broken());
        }

        @Override
        public Plan plan() {
            return draft.plan();
        }

        @Override
        public void report(NodeId node, Finding finding) {
            draft.findings().add(finding);
            if (finding.isError()) {
                spread(node);
            }
        }

        private void spread(NodeId node) {
            if (broken.add(node)) {
                draft.plan().downstream(node).forEach(down -> spread(down.id()));
            }
        }

        @Override
        public void explain(NodeId node, StreamInsight insight) {
            insights.put(node, insight);
        }

        @Override
        public boolean isBroken(NodeId node) {
            return broken.contains(node);
        }

        @Override
        public Transform<?> transform(String type) {
            return catalog.transforms()
                    .find(type)
                    .orElseThrow(() -> new IllegalArgumentException("no transform '" + type + "'"));
        }

        @Override
        public Resources resources() {
            return resources;
        }
    }
}
