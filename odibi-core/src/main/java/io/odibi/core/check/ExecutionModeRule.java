package io.odibi.core.check;

import io.odibi.core.catalog.PluginCatalog.Registered;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.port.CheckContext;
import io.odibi.core.port.ExecutionMode;
import io.odibi.core.port.Rule;
import java.util.List;
import java.util.Map;

/** Exactly one installed execution mode carries out each node. */
final class ExecutionModeRule implements Rule {

    private final Registered<ExecutionMode> modes;

    ExecutionModeRule(Registered<ExecutionMode> modes) {
        this.modes = modes;
    }

    @Override
    public void check(CheckContext context) {
        for (NodePlan node : context.plan().nodes()) {
            List<String> accepting = modes.byName().entrySet().stream()
                    .filter(mode -> mode.getValue().accepts(node))
                    .map(Map.Entry::getKey)
                    .toList();
            if (accepting.size() != 1) {
                report(node, accepting, context);
            }
        }
    }

    private static void report(NodePlan node, List<String> accepting, CheckContext context) {
        String what = "node '" + node.id().node() + "' cannot run "
                + node.processing().adverb();
        Finding finding = accepting.isEmpty()
                ? Finding.of(FindingCode.PLAN_NO_EXECUTION_MODE, node.at(), what + ": no engine is installed")
                        .fix("add io.odibi:odibi-spark-engine to the class path")
                : Finding.of(
                                FindingCode.PLAN_NO_EXECUTION_MODE,
                                node.at(),
                                what + ": several execution modes claim it: " + String.join(", ", accepting))
                        .fix("remove all of them but one from the class path");
        context.report(node.id(), finding);
    }
}
