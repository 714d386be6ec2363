package io.odibi.cli;

import io.odibi.cli.streaming.QueryDetails;
import io.odibi.cli.streaming.QueryHistory;
import io.odibi.cli.streaming.QueryJson;
import io.odibi.cli.streaming.QueryTable;
import io.odibi.cli.text.Json;
import io.odibi.cli.text.Terminal;
import io.odibi.core.execution.QueryProgress;
import io.odibi.core.settings.Durations;
import io.odibi.monitoring.RunningQueries;
import io.odibi.monitoring.RunningQuery;
import io.odibi.monitoring.queries.QueryState;
import io.odibi.monitoring.queries.QueryStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntBiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code odibi streaming}: asks other processes about their streaming queries. Loads no Spark. */
@Command(
        name = "streaming",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Lists, watches, stops and restarts the streaming queries of every 'odibi run' of this user on this machine, or of the one at"
                    + " --url.",
            "An ID is a query's id, its name (pipeline.node), or a start of either that no other has."
        },
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n")
final class StreamingCommand implements Callable<Integer> {

    private static final String ESCAPE = "\u001B[";
    private static final String HOME = ESCAPE + "H";
    private static final String CLEAR = ESCAPE + "2J" + HOME;
    private static final String TO_LINE_END = ESCAPE + "K";
    private static final String TO_SCREEN_END = ESCAPE + "J";
    /** A person who waits without a limit means: until it ends. */
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final Surroundings surroundings;
    private final Terminal terminal;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    StreamingCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.terminal = surroundings.terminal();
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.WELL;
    }

    @Command(
            name = "list",
            description = "Lists all queries, a line each.",
            optionListHeading = "%nOptions:%n",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:here they are, or there is none", "1:the run at --url does not answer"})
    int list(@Mixin StreamingOptions options) {
        show(find(options.queries(surroundings)), options);
        return ExitCode.WELL;
    }

    @Command(
            name = "status",
            description = "Tells all that is known of a query.",
            optionListHeading = "%nOptions:%n",
            parameterListHeading = "%n",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:here it is", "1:no such query", "3:several queries are meant"})
    int status(
            @Mixin StreamingOptions options, @Parameters(paramLabel = "ID", description = "Which query.") String id) {
        return ofOne(options, id, (queries, query) -> {
            show(query, options);
            return ExitCode.WELL;
        });
    }

    @Command(
            name = "history",
            description = "Tells what a query did in its last micro-batches, a hundred at most, oldest first.",
            optionListHeading = "%nOptions:%n",
            parameterListHeading = "%n",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:here it is", "1:no such query", "3:several queries are meant"})
    int history(
            @Mixin StreamingOptions options, @Parameters(paramLabel = "ID", description = "Which query.") String id) {
        return ofOne(options, id, (queries, query) -> {
            List<QueryProgress> history = queries.history(query);
            if (options.format() == Format.JSON) {
                terminal.say(Json.object(Json.Layout.INDENTED, json -> QueryHistory.write(json, query, history)));
            } else {
                QueryHistory.lines(history, terminal.style()).forEach(terminal::say);
            }
            return ExitCode.WELL;
        });
    }

    @Command(
            name = "stop",
            description = {
                "Ends a query after the micro-batch in hand; the other queries of its run go on.",
                "Returns when the query is gone."
            },
            optionListHeading = "%nOptions:%n",
            parameterListHeading = "%n",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:the query is gone", "1:no such query, or it is not gone", "3:several queries are meant"})
    int stop(
            @Mixin StreamingOptions options,
            @Parameters(paramLabel = "ID", description = "Which query.") String id,
            @Option(
                            names = "--now",
                            description = "Interrupt the micro-batch in hand; it is taken again at the next start.")
                    boolean now,
            @Option(
                            names = "--timeout",
                            paramLabel = "TIME",
                            defaultValue = "30s",
                            description = "How long the micro-batch in hand may take until it is interrupted: 30s.")
                    String timeout) {
        Duration grace = now ? Duration.ZERO : time(timeout);
        return ofOne(options, id, (queries, query) -> {
            Optional<QueryStatus> after = queries.stop(query, grace);
            boolean isGone = after.map(status -> status.state().isGone()).orElse(true);
            tell(query, after, options);
            if (!isGone) {
                terminal.fail(
                        "query '" + query.name() + "' is not gone; '--now' interrupts it, and if that does not help"
                                + " either, end process " + query.run().pid());
            }
            return isGone ? ExitCode.WELL : ExitCode.FAILED;
        });
    }

    @Command(
            name = "restart",
            description = {
                "Starts a query again: after the micro-batch in hand, or at once if it has failed or was stopped.",
                "Returns when it runs; the other queries of its run go on."
            },
            optionListHeading = "%nOptions:%n",
            parameterListHeading = "%n",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:the query runs", "1:no such query, or it does not run", "3:several queries are meant"})
    int restart(
            @Mixin StreamingOptions options,
            @Parameters(paramLabel = "ID", description = "Which query.") String id,
            @Option(
                            names = "--timeout",
                            paramLabel = "TIME",
                            defaultValue = "30s",
                            description = "How long the micro-batch in hand may take until it is interrupted: 30s.")
                    String timeout) {
        Duration grace = time(timeout);
        return ofOne(options, id, (queries, query) -> {
            Optional<QueryStatus> after = queries.restart(query, grace);
            tell(query, after, options);
            boolean isRunning = after.map(QueryStatus::state)
                    .filter(state -> state == QueryState.RUNNING)
                    .isPresent();
            if (!isRunning && after.isPresent()) {
                terminal.fail("query '" + query.name() + "' does not run again");
            }
            return isRunning ? ExitCode.WELL : ExitCode.FAILED;
        });
    }

    @Command(
            name = "await",
            description = "Waits until a query is gone.",
            optionListHeading = "%nOptions:%n",
            parameterListHeading = "%n",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:it ended or was stopped",
                "1:no such query, it failed, or the time is over",
                "3:several queries are meant"
            })
    int await(
            @Mixin StreamingOptions options,
            @Parameters(paramLabel = "ID", description = "Which query.") String id,
            @Option(names = "--timeout", paramLabel = "TIME", description = "Wait no longer than that: 10m.")
                    Optional<String> timeout) {
        Duration time = timeout.map(StreamingCommand::time).orElse(FOR_EVER);
        return ofOne(options, id, (queries, query) -> {
            Optional<QueryStatus> after = queries.await(query, time);
            tell(query, after, options);
            boolean isWell = after.map(QueryStatus::state)
                    .filter(state -> state.isGone() && state != QueryState.FAILED)
                    .isPresent();
            return isWell ? ExitCode.WELL : ExitCode.FAILED;
        });
    }

    @Command(
            name = "top",
            description = "Shows all queries and refreshes that until Ctrl-C.",
            optionListHeading = "%nOptions:%n")
    int top(
            @Mixin StreamingOptions options,
            @Option(names = "--interval", paramLabel = "TIME", defaultValue = "2s", description = "How often: 2s.")
                    String interval)
            throws InterruptedException {
        Duration pause = time(interval);
        RunningQueries queries = options.queries(surroundings);
        boolean isLive = terminal.screen() == Terminal.Screen.LIVE && options.format() == Format.TEXT;
        CountDownLatch end = new CountDownLatch(1);
        return surroundings.interruption().during(end::countDown, () -> {
            if (isLive) {
                terminal.out().print(CLEAR);
            }
            do {
                refresh(queries.find(), options, isLive);
            } while (!end.await(Math.max(100, pause.toMillis()), TimeUnit.MILLISECONDS));
            return ExitCode.WELL;
        });
    }

    private void refresh(RunningQueries.Found found, StreamingOptions options, boolean isLive) {
        if (!isLive) {
            show(found, options);
            return;
        }
        Instant now = surroundings.clock().instant();
        StringBuilder frame = new StringBuilder(HOME);
        QueryTable.lines(found.queries(), now, terminal.style())
                .forEach(line -> frame.append(line).append(TO_LINE_END).append('\n'));
        terminal.out().print(frame.append(TO_SCREEN_END));
        terminal.out().flush();
    }

    private RunningQueries.Found find(RunningQueries queries) {
        RunningQueries.Found found = queries.find();
        found.died()
                .forEach(run -> terminal.note("the run of '" + Terminal.printable(run.project()) + "' in process "
                        + run.pid() + " died without taking leave"));
        if (found.silent() > 0) {
            terminal.note(found.silent() + " of the runs do not answer");
        }
        return found;
    }

    /** Does what a command does with the query that an id means; exit code 1 where there is none. */
    private int ofOne(StreamingOptions options, String id, ToIntBiFunction<RunningQueries, RunningQuery> command) {
        RunningQueries queries = options.queries(surroundings);
        return one(queries, id).map(query -> command.applyAsInt(queries, query)).orElse(ExitCode.FAILED);
    }

    private Optional<RunningQuery> one(RunningQueries queries, String id) {
        RunningQueries.Found found = find(queries);
        List<RunningQuery> meant = found.matching(id);
        if (meant.isEmpty()) {
            terminal.fail("no streaming query '" + id + "'; 'odibi streaming list' shows all");
            return Optional.empty();
        }
        if (meant.size() > 1) {
            throw new UsageException("'" + id + "' may be "
                    + String.join(
                            " or ",
                            meant.stream()
                                    .map(query -> query.name() + " (" + query.id() + ")")
                                    .toList()));
        }
        return Optional.of(meant.get(0));
    }

    private void show(RunningQueries.Found found, StreamingOptions options) {
        Instant now = surroundings.clock().instant();
        if (options.format() == Format.JSON) {
            terminal.say(Json.object(Json.Layout.LINE, json -> QueryJson.write(json, found.queries(), now)));
        } else {
            QueryTable.lines(found.queries(), now, terminal.style()).forEach(terminal::say);
        }
    }

    private void show(RunningQuery query, StreamingOptions options) {
        Instant now = surroundings.clock().instant();
        if (options.format() == Format.JSON) {
            terminal.say(Json.object(Json.Layout.INDENTED, json -> QueryJson.write(json, query, now)));
        } else {
            QueryDetails.lines(query, now, terminal.style()).forEach(terminal::say);
        }
    }

    private void tell(RunningQuery query, Optional<QueryStatus> after, StreamingOptions options) {
        if (options.format() == Format.JSON && after.isPresent()) {
            show(new RunningQuery(query.run(), after.get()), options);
        } else {
            String how = after.map(status -> QueryTable.word(status.state())
                            + status.error()
                                    .filter(error -> status.state() == QueryState.FAILED
                                            || status.state() == QueryState.RESTARTING)
                                    .map(error -> ": " + Terminal.printable(error))
                                    .orElse(""))
                    .orElse("gone, and so is its run");
            terminal.say(Terminal.printable(query.name()) + " " + how);
        }
    }

    private static Duration time(String text) {
        return Durations.parse(text)
                .orElseThrow(() -> new UsageException("'" + text + "' is no time; a time is " + Durations.FORMS));
    }
}
