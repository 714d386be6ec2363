package io.odibi.connector.eventhubs;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.DataAddress;
import io.odibi.core.describe.Options;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.TypeShape;
import io.odibi.core.settings.ValueType;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.Located;
import io.odibi.core.text.Position;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a connection says to the reads and writes through it. It travels in the connection's options, which only this module reads.
 *
 * @param string how to log in
 * @param protocol how to talk to the service
 * @param hub the hub of reads and writes that name none
 * @param consumerGroup the consumer group of reads that name none
 * @param kafka options of the Kafka clients; none over AMQP
 */
record Namespace(
        ConnectionString string, Protocol protocol, Optional<String> hub, String consumerGroup, Options kafka) {

    /** How to talk to the service. */
    enum Protocol {
        /** Its own protocol, by the library azure-eventhubs-spark. */
        AMQP,
        /** Its endpoint for Kafka's clients, by Spark's Kafka connector. */
        KAFKA
    }

    static final Setting<String> HUB = Setting.optional(
            "event_hub", hubName(), "The hub; needed where neither the connection nor its string names one");

    private static final String STRING = "connection_string";
    private static final String HUB_OPTION = "event_hub";
    private static final String GROUP = "consumer_group";
    private static final String PROTOCOL = "protocol";
    /** Named so that nobody takes another system's host for it. */
    private static final String HOST = "eventhubs.host";

    private static final String KAFKA = "kafka.";

    static ValueType<String> hubName() {
        return ValueTypes.parsed(
                new TypeShape.Text("a hub's name", Optional.empty()),
                text -> Optional.of(text)
                        .filter(name -> ConnectionString.HUB_NAME.matcher(name).matches()));
    }

    /** Returns the options of the connection. */
    Options options() {
        Options options = kafka.with(STRING, string.ofNamespace())
                .with(GROUP, consumerGroup)
                .with(PROTOCOL, protocol.name())
                .with(HOST, string.host());
        return hub.isPresent() ? options.with(HUB_OPTION, hub.get()) : options;
    }

    /** Returns what the connection of a read or write says; says so if it is of another type. */
    static Optional<Namespace> of(DataAddress address, Findings findings) {
        return address.connectionOf(EventHubsPlugin.NAME, EventHubsPlugin.NAME, findings)
                .flatMap(connection -> of(connection, address.at(), findings));
    }

    private static Optional<Namespace> of(Connection connection, Position at, Findings findings) {
        Options options = connection.options();
        return Optional.ofNullable(options.secret().get(STRING))
                .flatMap(text -> ConnectionString.read(text.reveal(), at, findings))
                .map(string -> new Namespace(
                        string,
                        Protocol.valueOf(options.plain().getOrDefault(PROTOCOL, Protocol.AMQP.name())),
                        Optional.ofNullable(options.plain().get(HUB_OPTION)),
                        options.plain().getOrDefault(GROUP, "$Default"),
                        kafkaOf(options)));
    }

    private static Options kafkaOf(Options options) {
        Options kafka = Options.none();
        for (var plain : options.plain().entrySet()) {
            kafka = plain.getKey().startsWith(KAFKA) ? kafka.with(plain.getKey(), plain.getValue()) : kafka;
        }
        for (var secret : options.secret().entrySet()) {
            kafka = secret.getKey().startsWith(KAFKA) ? kafka.with(secret.getKey(), secret.getValue()) : kafka;
        }
        return kafka;
    }

    /** Returns the host of a connection's namespace. */
    static Optional<String> hostOf(Options options) {
        return Optional.ofNullable(options.plain().get(HOST));
    }

    /** Returns the hub that a read or write is about; says so if nothing names one, or if a table or path is named instead. */
    Optional<String> hubOf(Settings settings, DataAddress address, Findings findings) {
        Stream.of(address.table(), address.path())
                .flatMap(Optional::stream)
                .forEach(named -> findings.add(noPlace(named)));
        Optional<String> named = settings.find(HUB).or(() -> hub);
        if (named.isEmpty()) {
            findings.add(Finding.of(FindingCode.CONFIG_MISSING_KEY, settings.at(), "no hub is named")
                    .fix("write 'event_hub: <name>' under 'options', or in the connection"));
        }
        return named;
    }

    private static Finding noPlace(Located<String> named) {
        return Finding.of(FindingCode.CONFIG_CONFLICT, named.at(), "format 'eventhubs' has no table and no path")
                .why("it reads and writes hubs")
                .fix("write 'event_hub: <name>' under 'options'");
    }

    /** A name for people, the same for all that read one hub. */
    String label(String hubName) {
        return EventHubsPlugin.NAME + " " + hubName + " at " + string.host();
    }
}
