package io.odibi.cli;

import io.odibi.cli.report.FindingsReport;
import io.odibi.cli.text.Amounts;
import io.odibi.cli.text.Json;
import io.odibi.cli.text.Style.Look;
import io.odibi.cli.text.Terminal;
import io.odibi.core.Odibi;
import io.odibi.core.model.ProjectSpec;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code odibi validate}: the three looks, and nothing else. */
@Command(
        name = "validate",
        header = "Checks a project and tells every fault at once.",
        description = "Every fault has its place, its reason and its mend. Contacts no system.",
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the project has no errors", "2:it has", "3:the command line is wrong"})
final class ValidateCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final ProjectOptions project = new ProjectOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text, or json for machines.",
            defaultValue = "text")
    private Format format = Format.TEXT;

    ValidateCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        try (Odibi odibi = new Odibi(surroundings.catalog().get(), surroundings.clock())) {
            Checking.Checked checked = new Checking(odibi, surroundings.environment(), surroundings.clock())
                    .check(Checking.Request.offline(project));
            FindingsReport report = new FindingsReport(checked.findings());
            if (format == Format.JSON) {
                terminal.say(Json.object(Json.Layout.INDENTED, report::write));
            } else {
                terminal.out().print(report.text(terminal.style()));
                checked.project().filter(spec -> report.isValid()).ifPresent(spec -> terminal.say(valid(spec)));
            }
            return report.isValid() ? ExitCode.WELL : ExitCode.FILES;
        }
    }

    private String valid(ProjectSpec spec) {
        long nodes =
                spec.pipelines().stream().mapToLong(one -> one.nodes().size()).sum();
        long streams = spec.pipelines().stream()
                .flatMap(one -> one.nodes().stream())
                .filter(node -> node.streaming().isPresent())
                .count();
        return Terminal.printable(project.project().toString()) + " is "
                + surroundings.terminal().style().paint(Look.GOOD, "valid") + ": "
                + Amounts.count(spec.pipelines().size(), "pipeline") + ", " + Amounts.count(nodes, "node")
                + (streams == 0 ? "" : " (" + Amounts.count(streams, "stream") + ")");
    }
}
