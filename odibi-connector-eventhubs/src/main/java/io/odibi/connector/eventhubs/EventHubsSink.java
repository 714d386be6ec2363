package io.odibi.connector.eventhubs;

import io.odibi.connector.eventhubs.Namespace.Protocol;
import io.odibi.core.describe.Delivery;
import io.odibi.core.describe.Delivery.Guarantee;
import io.odibi.core.describe.NeededColumn;
import io.odibi.core.describe.NeededColumn.Presence;
import io.odibi.core.describe.Options;
import io.odibi.core.describe.SinkTraits;
import io.odibi.core.describe.Target;
import io.odibi.core.describe.Target.FormatTarget;
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
import io.odibi.core.text.Position;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes to a hub. Over AMQP each row is an event of its column {@code body}, with {@code partitionKey} or {@code partition} to say where
 * it goes and {@code properties}, if they are there; over Kafka it is a record of {@code value}, {@code key} and {@code headers}. The
 * library dies of columns and save modes that it does not take, so both are checked before it sees them.
 */
final class EventHubsSink implements Sink {

    private static final SinkTraits TRAITS = new SinkTraits(
            Set.of(OutputMode.APPEND, OutputMode.UPDATE, OutputMode.COMPLETE),
            Set.of(WriteMode.APPEND),
            WriteMode.APPEND,
            new Delivery(
                    Guarantee.AT_LEAST_ONCE,
                    "Event Hubs takes no transactions, and a task that is run again sends again"));

    private static final Setting<Duration> OPERATION_TIMEOUT = EventHubsRead.operationTimeout();
    private static final Setting<Long> THREADS = EventHubsRead.threads();

    private static final SettingsDeclaration SETTINGS =
            SettingsDeclaration.of("Rows into a hub", Namespace.HUB, OPERATION_TIMEOUT, THREADS);

    private static final List<String> TEXT = List.of("STRING");
    private static final List<String> TEXT_OR_BYTES = List.of("STRING", "BINARY");

    @Override
    public SettingsDeclaration settings() {
        return SETTINGS;
    }

    @Override
    public SinkTraits traits(WriteRequest request) {
        return TRAITS;
    }

    @Override
    public List<NeededColumn> columns(WriteRequest request) {
        Position at = request.address().at();
        boolean isKafka = Namespace.of(request.address(), new Findings())
                .filter(namespace -> namespace.protocol() == Protocol.KAFKA)
                .isPresent();
        return isKafka
                ? List.of(
                        payload("value", at),
                        optional("key", TEXT_OR_BYTES, at),
                        optional("headers", List.of("ARRAY<STRUCT<key: STRING, value: BINARY>>"), at),
                        optional("partition", List.of("INT"), at))
                : List.of(
                        payload("body", at),
                        optional("partitionKey", TEXT, at),
                        optional("partition", TEXT, at),
                        optional("partitionId", TEXT, at),
                        optional("properties", List.of("MAP<STRING, STRING>"), at));
    }

    private static NeededColumn payload(String name, Position at) {
        return new NeededColumn(
                name,
                TEXT_OR_BYTES,
                Presence.REQUIRED,
                "make one in a step, such as {type: derive, columns: {" + name + ": \"to_json(struct(*))\"}}",
                at);
    }

    private static NeededColumn optional(String name, List<String> types, Position at) {
        return new NeededColumn(name, types, Presence.OPTIONAL, "cast it, or drop or rename it", at);
    }

    @Override
    public Optional<Target> describe(WriteRequest request, Findings findings) {
        Settings written = request.settings();
        Findings own = new Findings();
        Optional<Namespace> namespace = Namespace.of(request.address(), own);
        Optional<String> hub = namespace.flatMap(found -> found.hubOf(written, request.address(), own));
        request.partitionBy().stream()
                .findFirst()
                .ifPresent(column -> own.add(Finding.of(
                                FindingCode.CONFIG_CONFLICT,
                                column.at(),
                                "a write of format 'eventhubs' is not split by columns")
                        .why("the service chooses an event's partition by its key")
                        .fix("drop 'partition_by'; a column 'partitionKey' keeps events of one key together")));
        boolean isKafka =
                namespace.filter(found -> found.protocol() == Protocol.KAFKA).isPresent();
        if (isKafka) {
            for (Setting<?> setting : List.of(OPERATION_TIMEOUT, THREADS)) {
                written.located(setting)
                        .ifPresent(value -> own.add(Finding.of(
                                        FindingCode.CONFIG_CONFLICT,
                                        value.at(),
                                        "'" + setting + "' is for 'protocol: amqp'")
                                .fix("drop it, or change the connection's 'protocol'")));
            }
        }
        findings.addAll(own);
        if (own.hasErrors()) {
            return Optional.empty();
        }
        Namespace found = namespace.orElseThrow();
        String name = hub.orElseThrow();
        Options options = isKafka ? found.kafka().with("topic", name) : amqp(found, name, written);
        return Optional.of(new FormatTarget(
                isKafka ? "kafka" : EventHubsPlugin.NAME, Optional.empty(), List.of(), options, found.label(name)));
    }

    private static Options amqp(Namespace namespace, String hub, Settings written) {
        Options options = Options.none()
                .with(
                        "eventhubs.connectionString",
                        Encrypted.of(namespace.string().of(hub)))
                .with(
                        "eventhubs.operationTimeout",
                        written.get(OPERATION_TIMEOUT).toString());
        Optional<Long> threads = written.find(THREADS);
        return threads.isPresent()
                ? options.with("eventhubs.threadPoolSize", threads.get().toString())
                : options;
    }
}
