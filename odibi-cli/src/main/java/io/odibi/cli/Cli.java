package io.odibi.cli;

import io.odibi.cli.demo.DemoException;
import io.odibi.cli.text.Style;
import io.odibi.cli.text.Terminal;
import io.odibi.core.error.OdibiException;
import io.odibi.core.error.ProjectException;
import io.odibi.core.finding.Suggestion;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: reads arguments, runs the command they name, and tells what went wrong in one line. */
final class Cli {

    private final Surroundings surroundings;
    private final Terminal terminal;

    Cli(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.terminal = surroundings.terminal();
    }

    /** Runs a command and returns the exit code. */
    int run(String... arguments) {
        CommandLine line = commandLine();
        int code;
        try {
            code = line.execute(helpAsOption(arguments));
        } catch (LinkageError | StackOverflowError | OutOfMemoryError broken) {
            // Of these picocli does not speak to our handler.
            code = tell(broken, Arrays.asList(arguments).contains("--debug"));
        }
        line.getOut().flush();
        terminal.out().flush();
        return code;
    }

    /** {@code help run} is {@code run --help}. */
    private static String[] helpAsOption(String... arguments) {
        if (arguments.length == 0 || !arguments[0].equals("help")) {
            return arguments;
        }
        List<String> words = new ArrayList<>(Arrays.asList(arguments).subList(1, arguments.length));
        words.add("--help");
        return words.toArray(String[]::new);
    }

    private CommandLine commandLine() {
        CommandLine line = new CommandLine(OdibiCommand.class, new Factory());
        Ansi ansi = terminal.style() == Style.COLOUR ? Ansi.ON : Ansi.OFF;
        line.setColorScheme(CommandLine.Help.defaultColorScheme(ansi));
        line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        line.registerConverter(Format.class, text -> choice(text, Format.values()));
        line.registerConverter(PlanCommand.PlanFormat.class, text -> choice(text, PlanCommand.PlanFormat.values()));
        line.setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(100);
        line.setUsageHelpLongOptionsMaxWidth(28);
        line.setParameterExceptionHandler((wrong, arguments) -> tellUsage(wrong));
        line.setExecutionExceptionHandler((cause, command, result) -> tell(cause, OdibiCommand.isDebug(result)));
        return line;
    }

    private static <E> E choice(String text, E[] choices) {
        return Arrays.stream(choices)
                .filter(one -> one.toString().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of "
                        + Arrays.stream(choices).map(Object::toString).collect(Collectors.joining(", "))));
    }

    private int tellUsage(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        if (wrong instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            usage(command, unknown(command, unmatched.getUnmatched().get(0)));
        } else if (wrong instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            List<String> names = missing.getMissing().stream()
                    .map(one -> one.isOption() ? one.toString() : one.paramLabel())
                    .toList();
            usage(command, String.join(" and ", names) + " is missing");
        } else {
            String message =
                    String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
            usage(
                    command,
                    message.isEmpty()
                            ? message
                            : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1));
        }
        return ExitCode.USAGE;
    }

    private void usage(CommandLine command, String message) {
        String name = command.getCommandSpec().qualifiedName();
        terminal.fail(message + "; '" + name + " --help' tells more");
    }

    private static String unknown(CommandLine command, String word) {
        List<String> known = new ArrayList<>();
        boolean isOption = word.startsWith("-");
        boolean isCommand = !isOption && !command.getSubcommands().isEmpty();
        if (isOption) {
            command.getCommandSpec().options().forEach(option -> known.addAll(List.of(option.names())));
        } else if (isCommand) {
            known.addAll(command.getSubcommands().keySet());
        }
        String what = isOption ? "unknown option '" : isCommand ? "unknown command '" : "unexpected argument '";
        String name = isOption && word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
        return what + name + "'"
                + Suggestion.nearest(name, known)
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElse("");
    }

    private int tell(Throwable cause, boolean isDebug) {
        int code = ExitCode.FAILED;
        if (cause instanceof UsageException) {
            terminal.fail(String.valueOf(cause.getMessage()));
            code = ExitCode.USAGE;
        } else if (cause instanceof OdibiException || cause instanceof DemoException) {
            terminal.fail(String.valueOf(cause.getMessage()));
            code = cause instanceof ProjectException ? ExitCode.FILES : ExitCode.FAILED;
        } else if (cause instanceof InterruptedException) {
            code = ExitCode.INTERRUPTED;
        } else if (cause instanceof OutOfMemoryError) {
            terminal.fail("not enough memory; give more: ODIBI_JAVA_OPTS=-Xmx4g");
        } else {
            terminal.fail("an unexpected fault" + (isDebug ? "" : "; '--debug' shows it"));
        }
        if (isDebug && !(cause instanceof UsageException)) {
            cause.printStackTrace(terminal.err());
            if (cause instanceof DemoException demo) {
                demo.logTail().forEach(terminal::note);
            }
        }
        return code;
    }

    /** Makes commands, which take their surroundings, and picocli's own classes. */
    private final class Factory implements IFactory {
        private final IFactory others = CommandLine.defaultFactory();

        @Override
        public <K> K create(Class<K> type) throws Exception {
            try {
                var constructor = type.getDeclaredConstructor(Surroundings.class);
                return constructor.newInstance(surroundings);
            } catch (NoSuchMethodException withoutSurroundings) {
                return others.create(type);
            }
        }
    }
}
