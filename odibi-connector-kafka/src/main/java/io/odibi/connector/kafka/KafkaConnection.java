package io.odibi.connector.kafka;

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
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.Position;
import io.odibi.core.text.Secret;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A Kafka cluster and how to log in to it. */
final class KafkaConnection implements ConnectionType {

    private static final Pattern SERVER =
            Pattern.compile("(?:[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?|\\[[0-9A-Fa-f:.%]+]):(\\d{1,5})");
    private static final int LAST_PORT = 65535;

    private static final Setting<List<String>> SERVERS = Setting.required(
                    "bootstrap_servers",
                    new CommaSeparated(
                            new TypeShape.Text("host:port", Optional.empty()), KafkaConnection::complaintAboutServer),
                    "Brokers to ask first for the cluster's other brokers")
            .alias("kafka.bootstrap.servers");
    private static final Setting<String> PROTOCOL = Setting.withDefault(
                    "security_protocol",
                    ValueTypes.choice("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"),
                    "PLAINTEXT",
                    "How to talk to the brokers: SSL encrypts, SASL logs in")
            .alias("kafka.security.protocol");
    private static final Setting<String> MECHANISM = Setting.optional(
                    "sasl_mechanism",
                    ValueTypes.choice(
                            "PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "GSSAPI", "OAUTHBEARER", "AWS_MSK_IAM"),
                    "How to log in, with a SASL protocol")
            .alias("kafka.sasl.mechanism");
    private static final Setting<String> USERNAME =
            Setting.optional("sasl_username", ValueTypes.text("a user name"), "User to log in as");
    private static final Setting<Secret> PASSWORD =
            Setting.optional("sasl_password", ValueTypes.secret(), "The user's password");

    static final String JAAS = "kafka.sasl.jaas.config";

    private static final SettingsDeclaration SETTINGS = SettingsDeclaration.of(
                    "A Kafka cluster", SERVERS, PROTOCOL, MECHANISM, USERNAME, PASSWORD)
            .passing(ClientOptions.PREFIX, ClientOptions.SUBJECT);

    @Override
    public SettingsDeclaration settings() {
        return SETTINGS;
    }

    @Override
    public Optional<Connection> describe(ConnectionRequest request, Findings findings) {
        Settings settings = request.settings();
        Findings own = new Findings();
        Options passed = ClientOptions.ofConnection(settings, own);
        ClientOptions.warnOfGroupId(passed, settings, own);
        Options options = Options.none()
                .with("kafka.bootstrap.servers", String.join(",", settings.get(SERVERS)))
                .with("kafka.security.protocol", settings.get(PROTOCOL));
        if (settings.get(PROTOCOL).startsWith("SASL")) {
            options = options.with(login(settings, passed, own));
        } else {
            refuseLogin(settings, passed, own);
        }
        findings.addAll(own);
        return own.hasErrors()
                ? Optional.empty()
                : Optional.of(Connection.toSystem(request.name(), request.type(), options.with(passed)));
    }

    private static Options login(Settings settings, Options passed, Findings findings) {
        Optional<String> mechanism = settings.find(MECHANISM);
        if (mechanism.isEmpty()) {
            findings.add(missing(settings, MECHANISM, "'security_protocol: " + settings.get(PROTOCOL) + "' logs in")
                    .allow(MECHANISM.type().shape().words()));
            return Options.none();
        }
        Options options = Options.none().with("kafka.sasl.mechanism", mechanism.get());
        if (passed.secret().containsKey(JAAS)) {
            refuseSecondLogin(settings, findings);
            return options;
        }
        if (!Jaas.takesPassword(mechanism.get())) {
            refusePassword(mechanism.get(), settings, findings);
            return options;
        }
        String why = "'sasl_mechanism: " + mechanism.get() + "' logs in with user name and password";
        String instead = "add it, or write the whole login as '" + JAAS + "'";
        if (settings.find(USERNAME).isEmpty()) {
            findings.add(missing(settings, USERNAME, why).fix(instead));
        }
        if (settings.find(PASSWORD).isEmpty()) {
            findings.add(missing(settings, PASSWORD, why).fix(instead));
        }
        Options without = options;
        return settings.find(USERNAME)
                .flatMap(user -> settings.find(PASSWORD).flatMap(word -> Jaas.login(mechanism.get(), user, word)))
                .map(jaas -> without.with(JAAS, jaas))
                .orElse(without);
    }

    private static Finding missing(Settings settings, Setting<?> setting, String why) {
        return Finding.of(
                        FindingCode.CONFIG_MISSING_KEY,
                        settings.at(settings.find(MECHANISM).isPresent() ? MECHANISM : PROTOCOL),
                        "'" + setting.name() + "' is missing")
                .why(why);
    }

    private static void refuseLogin(Settings settings, Options passed, Findings findings) {
        String protocol = settings.get(PROTOCOL);
        for (Setting<?> setting : List.of(MECHANISM, USERNAME, PASSWORD)) {
            if (settings.located(setting).isPresent()) {
                findings.add(noLogin(settings.at(setting), setting.name(), protocol));
            }
        }
        if (passed.secret().containsKey(JAAS)) {
            settings.passedThrough().forEach((key, value) -> {
                if (ClientOptions.fold(key).equals(JAAS)) {
                    findings.add(noLogin(value.at(), key, protocol));
                }
            });
        }
    }

    private static Finding noLogin(Position at, String key, String protocol) {
        return Finding.of(FindingCode.CONFIG_CONFLICT, at, "'" + key + "' needs a protocol that logs in")
                .why("'security_protocol' is " + protocol)
                .fix("write 'security_protocol: SASL_SSL' (or SASL_PLAINTEXT), or drop '" + key + "'");
    }

    private static void refuseSecondLogin(Settings settings, Findings findings) {
        for (Setting<?> setting : List.of(USERNAME, PASSWORD)) {
            if (settings.located(setting).isPresent()) {
                findings.add(Finding.of(
                                FindingCode.CONFIG_CONFLICT,
                                settings.at(setting),
                                "'" + setting.name() + "' and '" + JAAS + "' both say how to log in")
                        .why("the login is built from 'sasl_username' and 'sasl_password'")
                        .fix("drop '" + JAAS + "'"));
            }
        }
    }

    private static void refusePassword(String mechanism, Settings settings, Findings findings) {
        for (Setting<?> setting : List.of(USERNAME, PASSWORD)) {
            if (settings.located(setting).isPresent()) {
                findings.add(Finding.of(
                                FindingCode.CONFIG_CONFLICT,
                                settings.at(setting),
                                "'" + setting.name() + "' and 'sasl_mechanism: " + mechanism + "' exclude each other")
                        .why(mechanism + " does not log in with user name and password")
                        .fix("write the login as '" + JAAS + "', or take PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512"));
            }
        }
    }

    private static Optional<String> complaintAboutServer(String server) {
        if (server.contains("://")) {
            return Optional.of("leave out what stands before '//', and say it in 'security_protocol'");
        }
        var parts = SERVER.matcher(server);
        if (!parts.matches()) {
            return Optional.of(server.contains(":") ? "such as broker-1:9092" : "add the port, such as :9092");
        }
        int port = Integer.parseInt(parts.group(1));
        return port >= 1 && port <= LAST_PORT ? Optional.empty() : Optional.of("ports go from 1 to " + LAST_PORT);
    }
}
