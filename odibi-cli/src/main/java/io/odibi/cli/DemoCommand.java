package io.odibi.cli;

import io.odibi.cli.progress.Detail;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code odibi demo}: the product on a real broker. */
@Command(
        name = "demo",
        header = "Shows the product at work on a real Kafka broker.",
        description = {
            "Starts a real Kafka broker on this machine, publishes real earthquakes to it, streams them into a Delta",
            "table with the project examples/earthquakes, and shows what landed. Ends by itself."
        },
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every published event is in the table exactly once",
            "1:something failed, or the counts do not add up",
            "3:the command line is wrong",
            "130:interrupted, after a clean drain"
        })
final class DemoCommand implements Callable<Integer> {

    private static final long DEFAULT_SECONDS = 40;

    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long events are published; " + DEFAULT_SECONDS + " if left out.")
    private @Nullable Long seconds;

    @Option(names = "--events", paramLabel = "N", description = "How many events are published, instead of --seconds.")
    private @Nullable Long events;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "How many events are published each second.",
            defaultValue = "300")
    private double rate = 300;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = {
                "An empty or new folder that keeps everything: the table, its checkpoint, the broker's data and log.",
                "If left out, the table is kept in a temporary folder, and the rest is removed."
            })
    private @Nullable Path directory;

    DemoCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (seconds != null && events != null) {
            throw new UsageException("'--seconds' and '--events' exclude each other; keep one");
        }
        OptionalLong count = events == null ? OptionalLong.empty() : OptionalLong.of(positive("--events", events));
        long time = seconds == null ? DEFAULT_SECONDS : positive("--seconds", seconds);
        if (!(rate >= 1 && rate <= 100_000)) {
            throw new UsageException("'--rate' cannot be " + rate + "; it is a number from 1 to 100000");
        }
        Detail detail = OdibiCommand.isDebug(spec.commandLine().getParseResult()) ? Detail.TRACE : Detail.MESSAGE;
        Demo.Wish wish = new Demo.Wish(count, Duration.ofSeconds(time), rate, Optional.ofNullable(directory));
        return new Demo(surroundings, wish, detail).run();
    }

    private static long positive(String option, long number) {
        if (number < 1) {
            throw new UsageException("'" + option + "' cannot be " + number + "; it is at least 1");
        }
        return number;
    }
}
