package io.odibi.cli;

import io.odibi.cli.report.InstalledReport;
import io.odibi.cli.text.Json;
import io.odibi.cli.text.Terminal;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code odibi connectors}: what is installed, from the declarations. */
@Command(
        name = "connectors",
        header = "Shows what is installed, each setting documented.",
        description = "Connection types, formats to read and to write, transforms.",
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:here it is", "3:nothing of that name is installed"})
final class ConnectorsCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "A connection type, a format or a transform.")
    private @Nullable String name;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text, or json for machines.",
            defaultValue = "text")
    private Format format = Format.TEXT;

    ConnectorsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        InstalledReport report = new InstalledReport(surroundings.catalog().get());
        Optional<String> asked = Optional.ofNullable(name);
        asked.filter(one -> !report.names().contains(one)).ifPresent(one -> {
            throw UsageException.unknown("connection type, format or transform", one, report.names());
        });
        if (format == Format.JSON) {
            terminal.say(Json.object(Json.Layout.INDENTED, json -> report.write(json, asked)));
        } else {
            terminal.out()
                    .print(asked.map(one -> report.details(one, terminal.style()))
                            .orElseGet(() -> report.overview(terminal.style())));
        }
        return ExitCode.WELL;
    }
}
