package io.odibi.connector.eventhubs;

import static io.odibi.connector.eventhubs.EventHubsRead.CONSUMER_GROUP;
import static io.odibi.connector.eventhubs.EventHubsRead.END;
import static io.odibi.connector.eventhubs.EventHubsRead.ENDS;
import static io.odibi.connector.eventhubs.EventHubsRead.FAIL_ON_DATA_LOSS;
import static io.odibi.connector.eventhubs.EventHubsRead.MAX_EVENTS;
import static io.odibi.connector.eventhubs.EventHubsRead.OPERATION_TIMEOUT;
import static io.odibi.connector.eventhubs.EventHubsRead.RECEIVER_TIMEOUT;
import static io.odibi.connector.eventhubs.EventHubsRead.START;
import static io.odibi.connector.eventhubs.EventHubsRead.STARTS;

import io.odibi.connector.eventhubs.Namespace.Protocol;
import io.odibi.core.describe.Numbering;
import io.odibi.core.describe.Numbering.Gaps;
import io.odibi.core.describe.Options;
import io.odibi.core.describe.ReadRequest;
import io.odibi.core.describe.Scan;
import io.odibi.core.describe.Scan.FormatScan;
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
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a hub, by the library azure-eventhubs-spark or by Spark's Kafka source. */
final class EventHubsSource implements Source {

    /** What the engine's option for the consumer group is called. */
    static final String GROUP_OPTION = "eventhubs.consumerGroup";

    private static final SourceTraits TRAITS =
            new SourceTraits(Set.of(Processing.BATCH, Processing.STREAMING), SourceTraits.Replay.BY_OFFSET);

    /** Always the same: {@code org.apache.spark.sql.eventhubs.EventHubsSourceProvider.eventHubsSchema}. */
    private static final String COLUMNS = "body BINARY, partition STRING, offset STRING, sequenceNumber BIGINT,"
            + " enqueuedTime TIMESTAMP, publisher STRING, partitionKey STRING, properties MAP<STRING, STRING>,"
            + " systemProperties MAP<STRING, STRING>";

    /** Those of Spark's Kafka source, {@code org.apache.spark.sql.kafka010.KafkaRecordToRowConverter}. */
    private static final String KAFKA_COLUMNS = "key BINARY, value BINARY, topic STRING, partition INT, offset BIGINT,"
            + " timestamp TIMESTAMP, timestampType INT, headers ARRAY<STRUCT<key: STRING, value: BINARY>>";

    /** The library has a limit in any case; the engine sets the one that was asked for. */
    private static final String NO_LIMIT = "1000000000000";

    @Override
    public SettingsDeclaration settings() {
        return EventHubsRead.SETTINGS;
    }

    @Override
    public SourceTraits traits() {
        return TRAITS;
    }

    @Override
    public Optional<Scan> describe(ReadRequest request, Findings findings) {
        Settings written = request.settings();
        Findings own = new Findings();
        Optional<Namespace> namespace = Namespace.of(request.address(), own);
        Optional<String> hub = namespace.flatMap(found -> found.hubOf(written, request.address(), own));
        boolean isStream = request.processing() == Processing.STREAMING;
        refuseMisplaced(written, isStream, own);
        namespace.ifPresent(found -> {
            if (found.protocol() == Protocol.KAFKA) {
                refuseAmqp(written, own);
            } else if (!isStream) {
                refuse(
                        List.of(FAIL_ON_DATA_LOSS),
                        written,
                        "has no meaning in a batch over AMQP",
                        "the library reads what is there, and begins with the first event that has not expired",
                        "drop it; as a stream with 'trigger: available_now' the node is told of lost events",
                        own);
            }
        });
        if (written.get(RECEIVER_TIMEOUT).compareTo(written.get(OPERATION_TIMEOUT)) > 0) {
            own.add(Finding.of(
                            FindingCode.CONFIG_CONFLICT,
                            written.at(RECEIVER_TIMEOUT),
                            "'receiverTimeout' is longer than 'operationTimeout'")
                    .fix("shorten it, or lengthen the other"));
        }
        refuseNoPartitions(STARTS, written, own);
        refuseNoPartitions(ENDS, written, own);
        findings.addAll(own);
        if (own.hasErrors()) {
            return Optional.empty();
        }
        Namespace found = namespace.orElseThrow();
        return Optional.of(
                found.protocol() == Protocol.KAFKA
                        ? kafka(found, hub.orElseThrow(), written, isStream)
                        : amqp(found, hub.orElseThrow(), written, isStream));
    }

    private static FormatScan amqp(Namespace namespace, String hub, Settings written, boolean isStream) {
        Options options = Options.none()
                .with(
                        "eventhubs.connectionString",
                        Encrypted.of(namespace.string().of(hub)))
                .with(GROUP_OPTION, written.find(CONSUMER_GROUP).orElse(namespace.consumerGroup()))
                .with("eventhubs.startingPosition", start(written, isStream).json())
                .with("eventhubs.receiverTimeout", written.get(RECEIVER_TIMEOUT).toString())
                .with(
                        "eventhubs.operationTimeout",
                        written.get(OPERATION_TIMEOUT).toString())
                .with(
                        "eventhubs.useExclusiveReceiver",
                        written.get(EventHubsRead.EXCLUSIVE).toString());
        options = with(
                options, "eventhubs.startingPositions", written.find(STARTS).map(at -> json(hub, at)));
        options = with(options, "eventhubs.endingPosition", written.find(END).map(StreamPosition::json));
        options = with(options, "eventhubs.endingPositions", written.find(ENDS).map(at -> json(hub, at)));
        options = with(
                options,
                "eventhubs.prefetchCount",
                written.find(EventHubsRead.PREFETCH).map(String::valueOf));
        options = with(
                options,
                "eventhubs.threadPoolSize",
                written.find(EventHubsRead.THREADS).map(String::valueOf));
        options = with(options, EventHubsRead.LOCATION.name(), written.find(EventHubsRead.LOCATION));
        Optional<Numbering> numbering = Optional.empty();
        if (isStream) {
            options = options.with(MAX_EVENTS.name(), NO_LIMIT);
            numbering = Optional.of(new Numbering(
                    "sequenceNumber",
                    OptionalLong.of(written.get(MAX_EVENTS)),
                    written.get(FAIL_ON_DATA_LOSS) ? Gaps.REFUSED : Gaps.ACCEPTED));
        }
        return new FormatScan(
                EventHubsPlugin.NAME,
                Optional.empty(),
                options,
                new ScanSchema.Fixed(COLUMNS),
                namespace.label(hub),
                numbering);
    }

    private static FormatScan kafka(Namespace namespace, String hub, Settings written, boolean isStream) {
        Options options = namespace
                .kafka()
                .with("subscribe", hub)
                .with("includeHeaders", "true")
                .with(FAIL_ON_DATA_LOSS.name(), written.get(FAIL_ON_DATA_LOSS).toString());
        StreamPosition start = start(written, isStream);
        options = start instanceof StreamPosition.Time time
                ? options.with("startingTimestamp", String.valueOf(time.at().toEpochMilli()))
                : options.with("startingOffsets", start.equals(StreamPosition.Edge.LATEST) ? "latest" : "earliest");
        if (isStream) {
            options =
                    options.with("maxOffsetsPerTrigger", written.get(MAX_EVENTS).toString());
        }
        return new FormatScan(
                "kafka",
                Optional.empty(),
                with(options, "groupIdPrefix", written.find(CONSUMER_GROUP)),
                new ScanSchema.Fixed(KAFKA_COLUMNS),
                namespace.label(hub));
    }

    private static StreamPosition start(Settings written, boolean isStream) {
        return written.find(START).orElse(isStream ? StreamPosition.Edge.LATEST : StreamPosition.Edge.EARLIEST);
    }

    private static Options with(Options options, String name, Optional<String> value) {
        return value.isPresent() ? options.with(name, value.get()) : options;
    }

    /** The library's keys are JSON inside JSON. */
    private static String json(String hub, Map<String, StreamPosition> positions) {
        return positions.entrySet().stream()
                .map(entry -> "\"{\\\"ehName\\\":\\\"" + hub + "\\\",\\\"partitionId\\\":" + entry.getKey() + "}\":"
                        + entry.getValue().json())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static void refuseMisplaced(Settings written, boolean isStream, Findings findings) {
        if (isStream) {
            refuse(
                    List.of(END, ENDS),
                    written,
                    "has no meaning in a stream",
                    "a stream reads on",
                    "drop it, or run the node in batch; 'trigger: available_now' ends a stream that has caught up",
                    findings);
            return;
        }
        refuse(
                List.of(MAX_EVENTS),
                written,
                "has no meaning in batch",
                "a batch reads everything from start to end at once",
                "drop it, or set 'endingPosition' to read less",
                findings);
        BatchBounds.of(written).check(findings);
    }

    private static void refuseAmqp(Settings written, Findings findings) {
        refuse(
                EventHubsRead.OF_AMQP,
                written,
                "is for 'protocol: amqp'",
                "Kafka's clients have no such setting",
                "drop it, or change the connection's 'protocol'",
                findings);
        written.located(START)
                .filter(start -> start.value() instanceof StreamPosition.Event)
                .ifPresent(start -> findings.add(Finding.of(
                                FindingCode.CONFIG_CONFLICT,
                                start.at(),
                                "'startingPosition' cannot be a sequence number over Kafka")
                        .why("Kafka's clients want one for every partition")
                        .allow("earliest, latest, or a time")));
    }

    private static void refuse(
            List<Setting<?>> settings, Settings written, String what, String why, String fix, Findings findings) {
        for (Setting<?> setting : settings) {
            if (written.located(setting).isPresent()) {
                findings.add(Finding.of(FindingCode.CONFIG_CONFLICT, written.at(setting), "'" + setting + "' " + what)
                        .why(why)
                        .fix(fix));
            }
        }
    }

    private static void refuseNoPartitions(
            Setting<Map<String, StreamPosition>> setting, Settings written, Findings findings) {
        Optional<Located<Map<String, StreamPosition>>> positions = written.located(setting);
        positions.ifPresent(named -> named.value().keySet().stream()
                .filter(id -> !id.matches("\\d{1,4}"))
                .forEach(id -> findings.add(Finding.of(
                                FindingCode.CONFIG_VALUE,
                                named.at(),
                                "'" + setting + "' cannot have a partition '" + shorten(id) + "'")
                        .allow("partition ids, which are numbers from 0"))));
    }

    private static String shorten(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= 40 ? line : line.substring(0, 37) + "...";
    }
}
