package io.odibi.connector.kafka;

import static io.odibi.connector.kafka.KafkaRead.ASSIGN;
import static io.odibi.connector.kafka.KafkaRead.ENDING_BY_TIMESTAMP;
import static io.odibi.connector.kafka.KafkaRead.ENDING_OFFSETS;
import static io.odibi.connector.kafka.KafkaRead.ENDING_TIMESTAMP;
import static io.odibi.connector.kafka.KafkaRead.GROUP_ID_PREFIX;
import static io.odibi.connector.kafka.KafkaRead.INCLUDE_HEADERS;
import static io.odibi.connector.kafka.KafkaRead.MAX_DELAY;
import static io.odibi.connector.kafka.KafkaRead.MAX_OFFSETS;
import static io.odibi.connector.kafka.KafkaRead.MIN_OFFSETS;
import static io.odibi.connector.kafka.KafkaRead.STARTING_BY_TIMESTAMP;
import static io.odibi.connector.kafka.KafkaRead.STARTING_OFFSETS;
import static io.odibi.connector.kafka.KafkaRead.STARTING_TIMESTAMP;
import static io.odibi.connector.kafka.KafkaRead.STRATEGY;
import static io.odibi.connector.kafka.KafkaRead.SUBSCRIBE;
import static io.odibi.connector.kafka.KafkaRead.SUBSCRIBE_PATTERN;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.DataAddress;
import io.odibi.core.describe.Options;
import io.odibi.core.describe.ReadRequest;
import io.odibi.core.describe.Scan;
import io.odibi.core.describe.ScanSchema;
import io.odibi.core.describe.SourceTraits;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.Processing;
import io.odibi.core.port.Source;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.text.Located;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads topics, by Spark's Kafka source. */
final class KafkaSource implements Source {

    private static final SourceTraits TRAITS =
            new SourceTraits(Set.of(Processing.BATCH, Processing.STREAMING), SourceTraits.Replay.BY_OFFSET);

    /** Always the same: {@code org.apache.spark.sql.kafka010.KafkaRecordToRowConverter.schemaWithoutHeaders}. */
    private static final String COLUMNS = "key BINARY, value BINARY, topic STRING, partition INT, offset BIGINT,"
            + " timestamp TIMESTAMP, timestampType INT";

    private static final String HEADERS = ", headers ARRAY<STRUCT<key: STRING, value: BINARY>>";

    @Override
    public SettingsDeclaration settings() {
        return KafkaRead.SETTINGS;
    }

    @Override
    public SourceTraits traits() {
        return TRAITS;
    }

    @Override
    public Optional<Scan> describe(ReadRequest request, Findings findings) {
        Settings settings = request.settings();
        Findings own = new Findings();
        Optional<Connection> connection = request.address().connectionOf(KafkaPlugin.NAME, KafkaPlugin.NAME, own);
        refuseAddress(request.address(), own);
        Optional<Topics> topics = topics(settings, own);
        Options client = ClientOptions.ofRead(settings, own);
        ClientOptions.warnOfGroupId(client, settings, own);
        refuseUnusedPrefix(settings, client, own);
        atMostOne(KafkaRead.STARTS, settings, own);
        if (request.processing() == Processing.BATCH) {
            checkBatch(settings, own);
        } else {
            checkStream(settings, own);
        }
        checkStrategy(settings, own);
        topics.ifPresent(known -> checkTopics(known, settings, own));
        findings.addAll(own);
        if (own.hasErrors()) {
            return Optional.empty();
        }
        Topics read = topics.orElseThrow();
        Options options = connection
                .orElseThrow()
                .options()
                .with(client)
                .with(read.option(), read.value())
                .with(options(settings, request.processing()));
        String columns = settings.get(INCLUDE_HEADERS) ? COLUMNS + HEADERS : COLUMNS;
        return Optional.of(new Scan.FormatScan(
                KafkaPlugin.NAME,
                Optional.empty(),
                options,
                new ScanSchema.Fixed(columns),
                KafkaPlugin.NAME + " " + read.label()));
    }

    private static Options options(Settings settings, Processing processing) {
        Options options = Options.none();
        if (KafkaRead.STARTS.stream().noneMatch(start -> settings.located(start).isPresent())) {
            options = options.with(STARTING_OFFSETS.name(), processing == Processing.BATCH ? "earliest" : "latest");
        }
        for (Setting<PerPartition> setting :
                List.of(STARTING_OFFSETS, STARTING_BY_TIMESTAMP, ENDING_OFFSETS, ENDING_BY_TIMESTAMP)) {
            Optional<PerPartition> found = settings.find(setting);
            options =
                    found.isPresent() ? options.with(setting.name(), found.get().option()) : options;
        }
        for (Setting<?> setting : KafkaRead.AS_READ) {
            Optional<?> found = settings.find(setting);
            options =
                    found.isPresent() ? options.with(setting.name(), found.get().toString()) : options;
        }
        return settings.find(MAX_DELAY).map(KafkaRead::millis).isPresent()
                ? options.with(MAX_DELAY.name(), KafkaRead.millis(settings.get(MAX_DELAY)))
                : options;
    }

    private static void refuseAddress(DataAddress address, Findings findings) {
        Stream.of(address.table(), address.path())
                .flatMap(Optional::stream)
                .forEach(named -> findings.add(Finding.of(
                                FindingCode.CONFIG_CONFLICT,
                                named.at(),
                                "a read of format 'kafka' has no table and no path")
                        .why("it reads topics")
                        .fix("write 'subscribe: " + Words.shorten(named.value()) + "' under 'options'")));
    }

    private static Optional<Topics> topics(Settings settings, Findings findings) {
        List<Setting<?>> ways = List.of(SUBSCRIBE, SUBSCRIBE_PATTERN, ASSIGN);
        if (!atMostOne(ways, settings, findings)) {
            return Optional.empty();
        }
        Optional<Topics> topics = settings.find(SUBSCRIBE)
                .<Topics>map(Topics.Named::new)
                .or(() -> settings.find(SUBSCRIBE_PATTERN).map(Topics.Matching::new))
                .or(() -> settings.find(ASSIGN).map(Topics.Assigned::new));
        if (topics.isEmpty()) {
            findings.add(Finding.of(FindingCode.CONFIG_MISSING_KEY, settings.at(), "no topic is named")
                    .allow("one of subscribe, subscribePattern, assign")
                    .fix("write 'subscribe: <topic>' under 'options'"));
        }
        return topics;
    }

    private static boolean atMostOne(List<Setting<?>> ways, Settings settings, Findings findings) {
        List<Setting<?>> there =
                ways.stream().filter(way -> settings.located(way).isPresent()).toList();
        there.stream()
                .skip(1)
                .forEach(second -> findings.add(Finding.of(
                                FindingCode.CONFIG_CONFLICT,
                                settings.at(second),
                                "'" + second + "' and '" + there.get(0) + "' exclude each other")
                        .fix("keep one of them")));
        return there.size() <= 1;
    }

    private static void refuseUnusedPrefix(Settings settings, Options client, Findings findings) {
        if (settings.located(GROUP_ID_PREFIX).isPresent() && client.plain().containsKey("kafka.group.id")) {
            findings.add(Finding.of(
                            FindingCode.CONFIG_CONFLICT,
                            settings.at(GROUP_ID_PREFIX),
                            "'groupIdPrefix' and 'kafka.group.id' exclude each other")
                    .fix("drop 'kafka.group.id'"));
        }
    }

    private static void checkBatch(Settings settings, Findings findings) {
        atMostOne(KafkaRead.ENDS, settings, findings);
        for (Setting<?> setting : KafkaRead.PACE) {
            if (settings.located(setting).isPresent()) {
                findings.add(Finding.of(
                                FindingCode.CONFIG_CONFLICT,
                                settings.at(setting),
                                "'" + setting + "' has no meaning in batch")
                        .why("a batch reads everything from start to end at once")
                        .fix("drop it, or set 'endingOffsets' to read less"));
            }
        }
        settings.located(STARTING_OFFSETS)
                .filter(start -> is(start, "latest", PerPartition.LATEST))
                .ifPresent(start -> findings.add(Finding.of(
                                FindingCode.CONFIG_VALUE,
                                start.at(),
                                "'startingOffsets' cannot be latest (-1) in batch")
                        .why("a batch ends at latest, so nothing would be read")
                        .allow("earliest, or offsets for each partition")));
        settings.located(ENDING_OFFSETS)
                .filter(end -> is(end, "earliest", PerPartition.EARLIEST))
                .ifPresent(end -> findings.add(
                        Finding.of(FindingCode.CONFIG_VALUE, end.at(), "'endingOffsets' cannot be earliest (-2)")
                                .why("nothing would be read")
                                .allow("latest, or offsets for each partition")));
        checkOrder(STARTING_OFFSETS, ENDING_OFFSETS, settings, findings);
        checkOrder(STARTING_BY_TIMESTAMP, ENDING_BY_TIMESTAMP, settings, findings);
        settings.find(STARTING_TIMESTAMP)
                .ifPresent(start -> settings.located(ENDING_TIMESTAMP)
                        .filter(end -> end.value() < start)
                        .ifPresent(end -> findings.add(Finding.of(
                                        FindingCode.CONFIG_CONFLICT,
                                        end.at(),
                                        "'endingTimestamp' is before 'startingTimestamp'")
                                .fix("end after the start"))));
    }

    private static boolean is(Located<PerPartition> offsets, String word, long number) {
        return offsets.value().word().filter(word::equals).isPresent()
                || offsets.value().holds(number);
    }

    private static void checkOrder(
            Setting<PerPartition> start, Setting<PerPartition> end, Settings settings, Findings findings) {
        settings.find(start)
                .flatMap(from -> settings.find(end).flatMap(to -> Topics.reversed(from.numbers(), to.numbers())))
                .ifPresent(reversed -> findings.add(Finding.of(
                                FindingCode.CONFIG_CONFLICT,
                                settings.at(end),
                                "'" + end + "' is before '" + start + "'")
                        .why(reversed)
                        .fix("end at or after the start")));
    }

    private static void checkStream(Settings settings, Findings findings) {
        for (Setting<?> setting : KafkaRead.ENDS) {
            if (settings.located(setting).isPresent()) {
                findings.add(
                        Finding.of(
                                        FindingCode.CONFIG_CONFLICT,
                                        settings.at(setting),
                                        "'" + setting + "' has no meaning in a stream")
                                .why("a stream reads on")
                                .fix(
                                        "drop it, or run the node in batch; 'trigger: available_now' ends a stream that has caught up"));
            }
        }
        settings.find(MAX_OFFSETS)
                .ifPresent(most -> settings.located(MIN_OFFSETS)
                        .filter(fewest -> fewest.value() > most)
                        .ifPresent(fewest -> findings.add(Finding.of(
                                        FindingCode.CONFIG_CONFLICT,
                                        fewest.at(),
                                        "'minOffsetsPerTrigger' is greater than 'maxOffsetsPerTrigger'")
                                .allow("at most " + most))));
        settings.located(MAX_DELAY)
                .filter(delay -> settings.find(MIN_OFFSETS).isEmpty())
                .ifPresent(delay -> findings.add(Finding.of(
                                FindingCode.CONFIG_CONFLICT,
                                delay.at(),
                                "'maxTriggerDelay' needs 'minOffsetsPerTrigger'")
                        .why("it says how long to wait for that many rows")
                        .fix("add 'minOffsetsPerTrigger', or drop it")));
    }

    private static void checkStrategy(Settings settings, Findings findings) {
        if (settings.find(STARTING_TIMESTAMP).isEmpty()
                && settings.find(STARTING_BY_TIMESTAMP).isEmpty()) {
            settings.located(STRATEGY)
                    .ifPresent(strategy -> findings.add(Finding.of(
                                    FindingCode.CONFIG_CONFLICT,
                                    strategy.at(),
                                    "'" + STRATEGY + "' needs a starting time")
                            .fix("add 'startingTimestamp' or 'startingOffsetsByTimestamp', or drop it")));
        }
    }

    private static void checkTopics(Topics topics, Settings settings, Findings findings) {
        for (Setting<PerPartition> setting :
                List.of(STARTING_OFFSETS, STARTING_BY_TIMESTAMP, ENDING_OFFSETS, ENDING_BY_TIMESTAMP)) {
            settings.located(setting)
                    .filter(offsets -> offsets.value().word().isEmpty())
                    .ifPresent(offsets -> topics.mismatch(offsets.value().numbers())
                            .ifPresent(why -> findings.add(Finding.of(
                                            FindingCode.CONFIG_CONFLICT,
                                            offsets.at(),
                                            "'" + setting + "' does not fit '" + topics.option() + "'")
                                    .why(why)
                                    .fix(
                                            "name exactly the partitions that are read, with -2 for earliest where any will"
                                                    + " do"))));
        }
    }
}
