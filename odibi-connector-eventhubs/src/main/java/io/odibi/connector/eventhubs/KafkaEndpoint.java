package io.odibi.connector.eventhubs;

import io.odibi.core.describe.Options;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.settings.Settings;
import io.odibi.core.text.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The options of Kafka's clients for the service's Kafka endpoint, with the times that Microsoft asks for. */
final class KafkaEndpoint {

    static final String PREFIX = "kafka.";
    static final String SUBJECT =
            "For protocol kafka, options of Kafka's clients; see kafka.apache.org/34/documentation.html";
    static final int PORT = 9093;

    private static final String JAAS = "kafka.sasl.jaas.config";
    private static final List<String> OURS =
            List.of("kafka.bootstrap.servers", "kafka.security.protocol", "kafka.sasl.mechanism", JAAS);
    private static final List<String> SECRET_WORDS = List.of("password", "token", "secret", "ssl.keystore.key");

    /** The service closes what is silent for four minutes, and answers slowly when it is throttled. */
    private static final Map<String, String> TIMES = Map.of(
            "kafka.request.timeout.ms", "60000",
            "kafka.session.timeout.ms", "30000",
            "kafka.metadata.max.age.ms", "180000",
            "kafka.connections.max.idle.ms", "180000");

    private KafkaEndpoint() {}

    /**
     * Returns the options.
     *
     * @param written the connection's settings
     * @param server where the endpoint is
     * @param string the connection string, which is the password
     */
    static Options options(Settings written, String server, Optional<Secret> string, Findings findings) {
        Options options = Options.none()
                .with("kafka.bootstrap.servers", server)
                .with("kafka.security.protocol", "SASL_SSL")
                .with("kafka.sasl.mechanism", "PLAIN");
        for (var time :
                TIMES.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList()) {
            options = options.with(time.getKey(), time.getValue());
        }
        for (var passed : written.passedThrough().entrySet()) {
            String key = passed.getKey().toLowerCase(Locale.ROOT);
            if (OURS.contains(key)) {
                findings.add(Finding.of(
                                FindingCode.CONFIG_CONFLICT,
                                passed.getValue().at(),
                                "'" + passed.getKey() + "' cannot be set here")
                        .why("the connection string says how to log in")
                        .fix("drop it; 'kafka_bootstrap_servers' names another endpoint"));
            } else if (passed.getValue().isNothing() || key.length() == PREFIX.length()) {
                findings.add(Finding.of(
                                FindingCode.CONFIG_VALUE,
                                passed.getValue().at(),
                                "'" + passed.getKey() + "' says nothing")
                        .allow("an option of Kafka's clients and its value"));
            } else {
                options = SECRET_WORDS.stream().anyMatch(key::contains)
                        ? options.with(key, Secret.of(passed.getValue().text()))
                        : options.with(key, passed.getValue().text());
            }
        }
        return string.isPresent() ? options.with(JAAS, login(string.get())) : options;
    }

    private static Secret login(Secret string) {
        String password = string.reveal().replace("\\", "\\\\").replace("\"", "\\\"");
        return Secret.of("org.apache.kafka.common.security.plain.PlainLoginModule required"
                + " username=\"$ConnectionString\" password=\"" + password + "\";");
    }
}
