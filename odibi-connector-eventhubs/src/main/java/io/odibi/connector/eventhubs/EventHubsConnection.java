package io.odibi.connector.eventhubs;

import io.odibi.connector.eventhubs.Namespace.Protocol;
import io.odibi.core.describe.Connection;
import io.odibi.core.describe.ConnectionRequest;
import io.odibi.core.describe.Options;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.port.ConnectionType;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.TypeShape;
import io.odibi.core.settings.ValueType;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.Position;
import io.odibi.core.text.Secret;
import java.util.Optional;
import java.util.regex.Pattern;

/** A namespace of Azure Event Hubs, and how to log in to it. */
final class EventHubsConnection implements ConnectionType {

    private static final Pattern GROUP_NAME = Pattern.compile("\\$Default|[A-Za-z0-9][A-Za-z0-9._-]{0,49}");
    private static final Pattern SERVER = Pattern.compile("[A-Za-z0-9._-]+:\\d{1,5}");

    private static final Setting<Secret> STRING = Setting.required(
            "connection_string",
            ValueTypes.secret(),
            "Connection string of the namespace or a hub, from Azure's portal");
    private static final Setting<Protocol> PROTOCOL = Setting.withDefault(
            "protocol",
            ValueTypes.choice(Protocol.class),
            Protocol.AMQP,
            "How to talk to the service: amqp is its own protocol, kafka its endpoint for Kafka's clients");
    private static final Setting<String> CONSUMER_GROUP = Setting.withDefault(
            "consumer_group", groupName(), "$Default", "Consumer group of the reads; each stream needs one of its own");
    private static final Setting<String> KAFKA_SERVER = Setting.optional(
            "kafka_bootstrap_servers",
            ValueTypes.parsed(
                    new TypeShape.Text("host:port", Optional.empty()),
                    text -> Optional.of(text)
                            .filter(server -> SERVER.matcher(server).matches())),
            "For protocol kafka, its endpoint; port 9093 of the namespace by default");

    private static final SettingsDeclaration SETTINGS = SettingsDeclaration.of(
                    "A namespace of Azure Event Hubs", STRING, Namespace.HUB, CONSUMER_GROUP, PROTOCOL, KAFKA_SERVER)
            .passing(KafkaEndpoint.PREFIX, KafkaEndpoint.SUBJECT);

    /** The type of a consumer group's name. */
    static ValueType<String> groupName() {
        return ValueTypes.parsed(
                new TypeShape.Text("a consumer group's name", Optional.empty()),
                text -> Optional.of(text)
                        .filter(name -> GROUP_NAME.matcher(name).matches()));
    }

    @Override
    public SettingsDeclaration settings() {
        return SETTINGS;
    }

    @Override
    public Optional<Connection> describe(ConnectionRequest request, Findings findings) {
        Settings written = request.settings();
        Findings own = new Findings();
        Optional<ConnectionString> string =
                ConnectionString.read(written.get(STRING).reveal(), written.at(STRING), own);
        string.ifPresent(read -> refuseTwoHubs(read, written, own));
        Options kafka = Options.none();
        if (written.get(PROTOCOL) == Protocol.KAFKA) {
            String server = written.find(KAFKA_SERVER)
                    .orElseGet(() -> string.map(ConnectionString::host).orElse("") + ":" + KafkaEndpoint.PORT);
            kafka = KafkaEndpoint.options(written, server, string.map(ConnectionString::asGiven), own);
        } else {
            refuseKafka(written, own);
        }
        findings.addAll(own);
        if (own.hasErrors()) {
            return Optional.empty();
        }
        ConnectionString read = string.orElseThrow();
        Namespace namespace = new Namespace(
                read,
                written.get(PROTOCOL),
                written.find(Namespace.HUB).or(read::hub),
                written.get(CONSUMER_GROUP),
                kafka);
        return Optional.of(Connection.toSystem(request.name(), request.type(), namespace.options()));
    }

    private static void refuseTwoHubs(ConnectionString string, Settings written, Findings findings) {
        written.located(Namespace.HUB)
                .filter(hub ->
                        string.hub().filter(other -> !other.equals(hub.value())).isPresent())
                .ifPresent(hub -> findings.add(Finding.of(
                                FindingCode.CONFIG_CONFLICT,
                                hub.at(),
                                "'event_hub' and 'EntityPath' of 'connection_string' name two hubs")
                        .why("a string with 'EntityPath' is for that hub alone")
                        .fix("keep one of them, or take the string of the namespace")));
    }

    private static void refuseKafka(Settings written, Findings findings) {
        written.located(KAFKA_SERVER).ifPresent(server -> findings.add(ofKafka(KAFKA_SERVER.name(), server.at())));
        written.passedThrough().forEach((key, value) -> findings.add(ofKafka(key, value.at())));
    }

    private static Finding ofKafka(String key, Position at) {
        return Finding.of(FindingCode.CONFIG_CONFLICT, at, "'" + key + "' is for 'protocol: kafka'")
                .fix("add 'protocol: kafka', or drop it");
    }
}
