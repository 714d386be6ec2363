package io.odibi.cli;

import io.odibi.cli.progress.Detail;
import io.odibi.cli.progress.Progress;
import io.odibi.cli.report.FindingsReport;
import io.odibi.cli.report.PlanReport;
import io.odibi.cli.text.Json;
import io.odibi.cli.text.Terminal;
import io.odibi.core.Odibi;
import io.odibi.core.check.CheckedPlan;
import io.odibi.core.model.MonitoringSpec;
import io.odibi.core.model.ProjectSpec;
import io.odibi.core.settings.Durations;
import io.odibi.monitoring.RunMonitor;
import io.odibi.monitoring.channel.HttpAddress;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code odibi run}: checks a project, then runs it. */
@Command(
        name = "run",
        header = "Checks a project, then runs it.",
        description = {
            "Batch nodes run one after the other, streams until they end or are stopped.",
            "The first Ctrl-C or SIGTERM lets the micro-batches in hand commit; the second ends at once."
        },
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all well",
            "1:a node failed",
            "2:the files have errors; nothing was started",
            "3:the command line is wrong",
            "130:interrupted, after a clean drain"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  odibi run myproject --dry-run",
            "  odibi run myproject --node orders --env prod --format json",
            "  odibi run myproject --master local[4] --conf spark.sql.shuffle.partitions=8"
        })
final class RunCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final ProjectOptions project = new ProjectOptions();

    @Option(names = "--pipeline", paramLabel = "NAME", description = "Run this pipeline only. May be repeated.")
    private List<String> pipelines = List.of();

    @Option(
            names = "--node",
            paramLabel = "NAME",
            description = "Run this node, and those that it uses. May be repeated.")
    private List<String> nodes = List.of();

    @Option(
            names = "--until-caught-up",
            description = "Let every stream take what is there now, then end: for schedulers.")
    private boolean untilCaughtUp;

    @Option(names = "--dry-run", description = "Check, show what would run in which order, start nothing.")
    private boolean dryRun;

    @Option(names = "--master", paramLabel = "URL", description = "Where Spark runs: local[4], yarn, spark://...")
    private @Nullable String master;

    @Option(
            names = "--conf",
            paramLabel = "NAME=VALUE",
            description = "A setting of Spark; wins over the project's. May be repeated.")
    private Map<String, String> settings = Map.of();

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            description = "How long micro-batches in hand may take after Ctrl-C or SIGTERM: 30s, 2 minutes.",
            defaultValue = "30s")
    private String grace = "30s";

    @Option(
            names = "--http",
            paramLabel = "[HOST:]PORT",
            description = "Let 'odibi streaming --url' ask this run over HTTP: 8070, 10.0.0.7:8070.")
    private @Nullable String http;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text, or json: one object on a line for each event.",
            defaultValue = "text")
    private Format format = Format.TEXT;

    RunCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        Duration time = grace(grace);
        Optional<HttpAddress> address = Optional.ofNullable(http).map(RunCommand::address);
        try (Odibi odibi = new Odibi(surroundings.catalog().get(), surroundings.clock())) {
            Checking.Checked checked = new Checking(odibi, surroundings.environment(), surroundings.clock())
                    .check(new Checking.Request(
                            project.project(), project.environment(), pipelines, nodes, engine(), streams()));
            FindingsReport findings = new FindingsReport(checked.findings());
            show(findings);
            if (checked.plan().isEmpty()) {
                return ExitCode.FILES;
            }
            if (dryRun) {
                showOrder(checked.plan().get());
                return ExitCode.WELL;
            }
            MonitoringSpec monitoring =
                    checked.project().map(ProjectSpec::monitoring).orElseGet(MonitoringSpec::none);
            try (RunMonitor monitor = new RunMonitor(
                    surroundings.environment(), monitoring, surroundings.clock(), surroundings.terminal()::note)) {
                Progress progress = Running.progress(surroundings, format, detail());
                return new Running(surroundings, new WatchedProgress(progress, monitor), time)
                        .run(
                                odibi,
                                checked.plan().get(),
                                event -> {},
                                run -> address.ifPresentOrElse(at -> monitor.open(run, at), () -> monitor.open(run)));
            }
        }
    }

    private static HttpAddress address(String text) {
        return HttpAddress.parse(text)
                .orElseThrow(() -> new UsageException("'--http' cannot be '" + text
                        + "'; it is the port, or address and port, of one of this machine's addresses: "
                        + HttpAddress.FORMS));
    }

    /** Reads a time that is meant for draining. */
    static Duration grace(String text) {
        return Durations.parse(text)
                .orElseThrow(() ->
                        new UsageException("'--grace' cannot be '" + text + "'; it is a time: " + Durations.FORMS));
    }

    private Map<String, String> engine() {
        Map<String, String> engine = new LinkedHashMap<>(settings);
        if (master != null) {
            engine.put(Checking.MASTER, master);
        }
        return engine;
    }

    private Checking.Streams streams() {
        return untilCaughtUp ? Checking.Streams.UNTIL_CAUGHT_UP : Checking.Streams.AS_WRITTEN;
    }

    private Detail detail() {
        return OdibiCommand.isDebug(spec.commandLine().getParseResult()) ? Detail.TRACE : Detail.MESSAGE;
    }

    private void show(FindingsReport findings) {
        Terminal terminal = surroundings.terminal();
        if (format == Format.JSON) {
            terminal.say(Json.object(Json.Layout.LINE, json -> {
                json.put("event", "checked").put("at", now());
                findings.write(json);
            }));
        } else {
            terminal.err().print(findings.text(terminal.errStyle()));
        }
    }

    private String now() {
        return surroundings.clock().instant().truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private void showOrder(CheckedPlan plan) {
        Terminal terminal = surroundings.terminal();
        PlanReport report = new PlanReport(plan.plan(), plan::insight, List.of());
        if (format == Format.JSON) {
            terminal.say(Json.object(Json.Layout.LINE, json -> {
                json.put("event", "dry_run").put("at", now());
                report.write(json);
            }));
        } else {
            terminal.say("would run, in this order (nothing was started):");
            report.order().forEach(terminal::say);
        }
    }
}
