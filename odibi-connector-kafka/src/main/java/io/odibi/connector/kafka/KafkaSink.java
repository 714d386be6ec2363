package io.odibi.connector.kafka;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.Delivery;
import io.odibi.core.describe.NeededColumn;
import io.odibi.core.describe.NeededColumn.Presence;
import io.odibi.core.describe.Options;
import io.odibi.core.describe.SinkTraits;
import io.odibi.core.describe.Target;
import io.odibi.core.describe.WriteRequest;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.OutputMode;
import io.odibi.core.model.WriteMode;
import io.odibi.core.port.Sink;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes to topics, by Spark's Kafka sink: the columns {@code value} (text or bytes) and, if they are there, {@code key},
 * {@code headers}, {@code partition} and {@code topic}.
 */
final class KafkaSink implements Sink {

    /** Complete is taken because the sink says it can truncate, which it does by doing nothing. */
    private static final SinkTraits TRAITS = new SinkTraits(
            Set.of(OutputMode.APPEND, OutputMode.UPDATE, OutputMode.COMPLETE),
            Set.of(WriteMode.APPEND),
            WriteMode.APPEND,
            new Delivery(Delivery.Guarantee.AT_LEAST_ONCE, "Kafka's sink has no transactions"));

    private static final List<String> TEXT_OR_BYTES = List.of("STRING", "BINARY");
    private static final String VALUE_MEND =
            "make one in a step, such as {type: derive, columns: {value: \"to_json(struct(*))\"}}";

    private static final Setting<String> TOPIC = Setting.optional(
            "topic", TopicName.one(), "Topic of every row; without it, each row's column 'topic' says its own");
    private static final Setting<Boolean> INCLUDE_HEADERS = Setting.withDefault(
                    "includeHeaders",
                    ValueTypes.truth(),
                    true,
                    "Whether a column 'headers' is written; Spark writes it wherever it is there")
            .alias("include_headers");

    private static final SettingsDeclaration SETTINGS = SettingsDeclaration.of(
                    "Rows into Kafka topics", TOPIC, INCLUDE_HEADERS)
            .passing(ClientOptions.PREFIX, ClientOptions.SUBJECT);

    @Override
    public SettingsDeclaration settings() {
        return SETTINGS;
    }

    @Override
    public SinkTraits traits(WriteRequest request) {
        return TRAITS;
    }

    @Override
    public Optional<Target> describe(WriteRequest request, Findings findings) {
        Settings settings = request.settings();
        Findings own = new Findings();
        Optional<Connection> connection = request.address().connectionOf(KafkaPlugin.NAME, KafkaPlugin.NAME, own);
        refuseAddress(request, own);
        Options client = ClientOptions.ofWrite(settings, own);
        if (!settings.get(INCLUDE_HEADERS)) {
            own.add(Finding.of(
                            FindingCode.CONFIG_VALUE,
                            settings.at(INCLUDE_HEADERS),
                            "'includeHeaders' cannot be false in a write")
                    .why("Spark writes the column 'headers' wherever it is there")
                    .fix("drop the column: {type: drop_columns, columns: [headers]}"));
        }
        findings.addAll(own);
        if (own.hasErrors()) {
            return Optional.empty();
        }
        Options options = connection.orElseThrow().options().with(client);
        Optional<String> topic = settings.find(TOPIC);
        return Optional.of(new Target.FormatTarget(
                KafkaPlugin.NAME,
                Optional.empty(),
                List.of(),
                topic.map(name -> options.with(TOPIC.name(), name)).orElse(options),
                topic.map(name -> "kafka topic " + name).orElse("kafka topic of each row")));
    }

    @Override
    public List<NeededColumn> columns(WriteRequest request) {
        Position at = request.address().at();
        List<NeededColumn> columns = new ArrayList<>(List.of(
                new NeededColumn("value", TEXT_OR_BYTES, Presence.REQUIRED, VALUE_MEND, at),
                new NeededColumn("key", TEXT_OR_BYTES, Presence.OPTIONAL, "cast it, or drop it", at),
                new NeededColumn(
                        "headers",
                        List.of("ARRAY<STRUCT<key: STRING, value: BINARY>>"),
                        Presence.OPTIONAL,
                        "make it an array of such pairs, or drop it",
                        at),
                new NeededColumn(
                        "partition", List.of("INT"), Presence.OPTIONAL, "cast it to INT, or drop or rename it", at)));
        if (request.settings().find(TOPIC).isEmpty()) {
            columns.add(new NeededColumn(
                    "topic",
                    List.of("STRING"),
                    Presence.REQUIRED,
                    "name one topic for all rows ('topic: ..' under 'options'), or make a column 'topic'",
                    at));
        }
        return columns;
    }

    private static void refuseAddress(WriteRequest request, Findings findings) {
        Stream.of(request.address().table(), request.address().path())
                .flatMap(Optional::stream)
                .forEach(named -> findings.add(Finding.of(
                                FindingCode.CONFIG_CONFLICT,
                                named.at(),
                                "a write of format 'kafka' has no table and no path")
                        .why("it writes to topics")
                        .fix("write 'topic: " + Words.shorten(named.value()) + "' under 'options'")));
        request.partitionBy().stream()
                .findFirst()
                .ifPresent(column -> findings.add(Finding.of(
                                FindingCode.CONFIG_CONFLICT,
                                column.at(),
                                "a write of format 'kafka' is not split by columns")
                        .why("Kafka chooses a row's partition by its key")
                        .fix("drop 'partition_by'; a column 'partition' names the partition of each row")));
    }
}
