package io.odibi.cli;

import io.odibi.cli.report.FindingsReport;
import io.odibi.cli.report.PlanReport;
import io.odibi.cli.text.Json;
import io.odibi.cli.text.Terminal;
import io.odibi.core.Odibi;
import io.odibi.core.check.CheckedPlan;
import io.odibi.core.model.ProjectSpec;
import io.odibi.core.plan.Plan;
import io.odibi.engine.session.EngineDefaults;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code odibi plan}: what would run. */
@Command(
        name = "plan",
        header = "Shows what a project would run.",
        description = {
            "Each node with what it reads, does and writes; each stream with its trigger, watermark, checkpoint",
            "and delivery guarantee; and what is set in Spark. Contacts no system."
        },
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:here is the plan", "2:the files have errors", "3:the command line is wrong"})
final class PlanCommand implements Callable<Integer> {

    /** The forms of a plan. */
    enum PlanFormat {
        TEXT,
        JSON,
        MERMAID;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Surroundings surroundings;

    @Mixin
    private final ProjectOptions project = new ProjectOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text, json for machines, or mermaid for a drawing in Markdown.",
            defaultValue = "text")
    private PlanFormat format = PlanFormat.TEXT;

    PlanCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        try (Odibi odibi = new Odibi(surroundings.catalog().get(), surroundings.clock())) {
            Checking.Checked checked = new Checking(odibi, surroundings.environment(), surroundings.clock())
                    .check(Checking.Request.offline(project));
            FindingsReport findings = new FindingsReport(checked.findings());
            if (!findings.isValid() && format == PlanFormat.JSON) {
                terminal.say(Json.object(Json.Layout.INDENTED, findings::write));
            } else {
                terminal.err().print(findings.text(terminal.errStyle()));
            }
            checked.plan()
                    .flatMap(plan -> checked.project().map(spec -> report(plan, asWritten(plan.plan(), spec))))
                    .ifPresent(this::show);
            return findings.isValid() ? ExitCode.WELL : ExitCode.FILES;
        }
    }

    private static PlanReport report(CheckedPlan checked, Plan asWritten) {
        return new PlanReport(asWritten, checked::insight, chosen(asWritten));
    }

    /** The engine's settings of the check are not those of a run. */
    private static Plan asWritten(Plan plan, ProjectSpec spec) {
        Map<String, String> engine = new LinkedHashMap<>();
        spec.engine().forEach((name, value) -> engine.put(name, value.value()));
        return new Plan(plan.project(), plan.nodes(), engine);
    }

    private static List<PlanReport.Chosen> chosen(Plan plan) {
        int cores = Runtime.getRuntime().availableProcessors();
        return EngineDefaults.choose(plan.project(), plan.engine(), cores).stream()
                .map(one -> new PlanReport.Chosen(one.name(), one.value(), one.why()))
                .toList();
    }

    private void show(PlanReport report) {
        Terminal terminal = surroundings.terminal();
        switch (format) {
            case TEXT -> terminal.out().print(report.text(terminal.style()));
            case JSON -> terminal.say(Json.object(Json.Layout.INDENTED, report::write));
            case MERMAID -> terminal.out().print(report.mermaid());
        }
    }
}
