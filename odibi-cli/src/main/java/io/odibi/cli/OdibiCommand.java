package io.odibi.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code odibi} itself: says what there is. */
@Command(
        name = "odibi",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class,
        subcommands = {
            RunCommand.class,
            ValidateCommand.class,
            PlanCommand.class,
            StreamingCommand.class,
            ConnectorsCommand.class,
            SchemaCommand.class,
            DemoCommand.class
        },
        description = "Runs data pipelines that are written in YAML, in batch and as streams, on Apache Spark.",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  odibi demo                          see it work, with nothing to set up",
            "  odibi validate myproject            all faults at once, each with its mend",
            "  odibi plan myproject                what would run, and what each stream promises",
            "  odibi run myproject --env prod      run it; Ctrl-C ends after the micro-batches in hand",
            "  odibi streaming list                what streams now, in any process",
            "  odibi connectors kafka              every setting of a connector",
            "",
            "PROJECT is a YAML file, or a folder with a project.yaml. 'odibi COMMAND --help' tells more."
        })
final class OdibiCommand implements Callable<Integer> {

    private static final String DEBUG = "--debug";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = DEBUG,
            scope = ScopeType.INHERIT,
            description = "Show log messages, and the cause of a failure with its stack trace.")
    @SuppressWarnings("UnusedVariable") // picocli looks at the option, not at the field
    private boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help and end.")
    @SuppressWarnings("UnusedVariable") // picocli looks at the option, not at the field
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the versions of Odibi, Spark and Java, and end.")
    @SuppressWarnings("UnusedVariable") // picocli looks at the option, not at the field
    private boolean version;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.WELL;
    }

    /** Whether the arguments ask for everything that is known of a failure. */
    static boolean isDebug(ParseResult arguments) {
        for (ParseResult one = arguments; one != null; one = one.subcommand()) {
            if (one.hasMatchedOption(DEBUG)) {
                return true;
            }
        }
        return false;
    }
}
