package io.odibi.cli;

import io.odibi.cli.demo.DemoException;
import io.odibi.cli.demo.EarthquakeFeed;
import io.odibi.cli.demo.EarthquakeFeed.Published;
import io.odibi.cli.demo.LocalKafkaBroker;
import io.odibi.cli.progress.Detail;
import io.odibi.cli.text.Amounts;
import io.odibi.cli.text.Style.Look;
import io.odibi.cli.text.Terminal;
import io.odibi.core.Odibi;
import io.odibi.core.check.CheckedPlan;
import io.odibi.core.error.ProjectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The demo from its first to its last line: a broker, a feed, the shipped project on the way that {@code odibi run} takes, and a look
 * into the table afterwards. Owns the broker, the feed and the folder.
 */
final class Demo {

    private static final String TOPIC = "raw_events";
    private static final int PARTITIONS = 3;
    private static final String TRIGGER = "2 seconds";
    private static final Duration GRACE = Duration.ofSeconds(30);

    /**
     * What is asked for.
     *
     * @param events how many events to publish; empty for as many as the time allows
     * @param time how long to publish, where no number is given
     * @param rate events per second
     * @param directory keeps everything; empty for a temporary folder that keeps the table
     */
    record Wish(OptionalLong events, Duration time, double rate, Optional<Path> directory) {}

    private final Surroundings surroundings;
    private final Terminal terminal;
    private final Wish wish;
    private final Detail detail;
    private final Path home;

    Demo(Surroundings surroundings, Wish wish, Detail detail) {
        this.surroundings = surroundings;
        this.terminal = surroundings.terminal();
        this.wish = wish;
        this.detail = detail;
        this.home = surroundings
                .home()
                .filter(folder -> Files.isDirectory(folder.resolve("broker")))
                .orElseThrow(() -> new UsageException(
                        "the demo needs the full distribution, with its folders 'broker' and 'examples'"));
    }

    /** Runs the demo and returns the exit code. */
    int run() throws InterruptedException {
        terminal.say(strong("Odibi demo") + ": real earthquakes, from Kafka into a Delta table");
        terminal.say("");
        Thread main = Thread.currentThread();
        return surroundings.interruption().during(main::interrupt, this::carryOut);
    }

    private int carryOut() throws InterruptedException {
        try (DemoFolder folder = DemoFolder.open(wish.directory());
                LocalKafkaBroker broker = LocalKafkaBroker.in(home.resolve("broker"), folder.broker())) {
            Instant began = surroundings.clock().instant();
            broker.start();
            broker.createTopic(TOPIC, PARTITIONS);
            fact("broker", "Apache Kafka on " + broker.bootstrapServers() + ", started in " + since(began));
            try (EarthquakeFeed feed =
                    EarthquakeFeed.open(example().resolve("events.ndjson"), broker.bootstrapServers(), TOPIC)) {
                return stream(broker, feed, folder);
            }
        }
    }

    private int stream(LocalKafkaBroker broker, EarthquakeFeed feed, DemoFolder folder) throws InterruptedException {
        Map<String, String> variables = new HashMap<>(surroundings.environment());
        variables.putAll(Map.of(
                "KAFKA_BOOTSTRAP",
                broker.bootstrapServers(),
                "TOPIC",
                TOPIC,
                "TRIGGER",
                TRIGGER,
                "LAKE",
                folder.lake().toString()));
        try (Odibi odibi = new Odibi(surroundings.catalog().get(), surroundings.clock())) {
            Instant began = surroundings.clock().instant();
            CheckedPlan plan = check(odibi, example(), variables);
            fact("project", example() + ", checked in " + since(began));
            fact("topic", TOPIC + ", " + PARTITIONS + " partitions, " + feedWords());
            terminal.say("");
            DemoStream stream = new DemoStream(feed, wish, surroundings.clock());
            Running running = new Running(surroundings, Running.progress(surroundings, Format.TEXT, detail), GRACE);
            int code = running.run(odibi, plan, stream, stream::begin);
            Published published = stream.end();
            return code == ExitCode.WELL ? show(odibi, published, folder) : code;
        }
    }

    private int show(Odibi odibi, Published published, DemoFolder folder) throws InterruptedException {
        Landed landed = Landed.read(odibi, folder, this::check);
        terminal.say("");
        terminal.say(strong("what landed, read back from the table"));
        landed.compare(published).forEach(line -> terminal.say("  " + line));
        terminal.say("");
        if (!landed.isExactly(published)) {
            terminal.fail("the table and what was published differ: " + landed.total() + " rows with "
                    + landed.distinct() + " ids against " + published.total() + " events");
            return ExitCode.FAILED;
        }
        terminal.say(terminal.style().paint(Look.GOOD, "every published event is in the table exactly once"));
        terminal.say("");
        fact("table", folder.table() + folder.kept());
        nextSteps();
        return ExitCode.WELL;
    }

    private void nextSteps() {
        String odibi = surroundings.environment().getOrDefault("ODIBI_COMMAND", "odibi");
        Path inClone = Path.of("examples", "earthquakes");
        Path shown = Files.isDirectory(inClone) ? inClone : example();
        terminal.say("");
        terminal.say(strong("try next"));
        terminal.say("  " + faint("# what the stream does and promises"));
        terminal.say("  " + odibi + " plan " + shown);
        terminal.say(
                "  " + faint("# a project of your own: misspell a word in mine/project.yaml, and see how it is told"));
        terminal.say("  cp -R " + shown + " mine");
        terminal.say("  " + odibi + " validate mine");
        terminal.say("  " + faint("# the whole language"));
        terminal.say("  less " + home.resolve("docs").resolve("language.md"));
    }

    private CheckedPlan check(Odibi odibi, Path project, Map<String, String> variables) {
        Checking.Checked checked = new Checking(odibi, variables, surroundings.clock())
                .check(new Checking.Request(
                        project, Optional.empty(), List.of(), List.of(), Map.of(), Checking.Streams.AS_WRITTEN));
        if (checked.plan().isEmpty()) {
            terminal.err().print(new io.odibi.cli.report.FindingsReport(checked.findings()).text(terminal.errStyle()));
        }
        return checked.plan().orElseThrow(() -> new ProjectException(checked.findings()));
    }

    private Path example() {
        Path example = home.resolve("examples").resolve("earthquakes");
        if (!Files.isDirectory(example)) {
            throw new DemoException("cannot start the demo: '" + example + "' is not there");
        }
        return example;
    }

    private String feedWords() {
        String pace = Amounts.number(Math.round(wish.rate())) + " events per second";
        return wish.events().isPresent()
                ? Amounts.count(wish.events().getAsLong(), "event") + " at " + pace
                : pace + " for " + Amounts.time(wish.time());
    }

    private void fact(String what, String text) {
        terminal.say("  " + String.format("%-9s", what) + text);
    }

    private String since(Instant began) {
        return Amounts.time(Duration.between(began, surroundings.clock().instant()));
    }

    private String strong(String text) {
        return terminal.style().paint(Look.STRONG, text);
    }

    private String faint(String text) {
        return terminal.style().paint(Look.FAINT, text);
    }
}
