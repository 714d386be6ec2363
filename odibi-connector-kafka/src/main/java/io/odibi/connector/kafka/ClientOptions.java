package io.odibi.connector.kafka;

import io.odibi.core.describe.Options;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.settings.Settings;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The {@code kafka.*} options, which go to Kafka's own client as they are, but for those that Spark or another setting decides. Keys are
 * handed on in lower case, as Spark hands them on to Kafka.
 */
final class ClientOptions {

    static final String PREFIX = "kafka.";
    static final String SUBJECT = "an option of Kafka's client, such as kafka.session.timeout.ms: "
            + "https://kafka.apache.org/documentation/#configuration";

    private static final String SECURITY = "write it in the connection, where every read and write has it";
    private static final String BYTES = "Spark hands keys and values over as bytes";

    /** Why an option cannot be set, and what to do instead. */
    private record Refusal(String why, String fix) {}

    private static final Map<String, Refusal> OF_CONSUMERS = Map.of(
            "kafka.auto.offset.reset",
            new Refusal(
                    "Spark keeps the offsets itself, so that no data is missed",
                    "write 'startingOffsets: earliest' or 'startingOffsets: latest' in the options of the read"),
            "kafka.key.deserializer",
            new Refusal(BYTES, "read the key in a step: CAST(key AS STRING)"),
            "kafka.value.deserializer",
            new Refusal(BYTES, "read the value in a step: CAST(value AS STRING)"),
            "kafka.enable.auto.commit",
            new Refusal("Spark keeps the offsets in the checkpoint and commits none to Kafka", "drop it"),
            "kafka.interceptor.classes",
            new Refusal(
                    "an interceptor of a read can change rows, and Spark refuses it",
                    "drop it; one for a write stands in the options of the write"));

    private static final Map<String, Refusal> OF_PRODUCERS = Map.of(
            "kafka.key.serializer",
            new Refusal(BYTES, "write the key in a step: CAST(id AS STRING) AS key"),
            "kafka.value.serializer",
            new Refusal(BYTES, "write the value in a step: to_json(struct(*)) AS value"),
            "kafka.transactional.id",
            new Refusal(
                    "Spark's Kafka sink has no transactions, and a producer that waits for one sends nothing",
                    "drop it"));

    private static final Map<String, Refusal> OF_CONNECTION = Map.of(
            "kafka.bootstrap.servers", new Refusal("the connection says it: 'bootstrap_servers'", SECURITY),
            "kafka.security.protocol", new Refusal("the connection says it: 'security_protocol'", SECURITY),
            "kafka.sasl.mechanism", new Refusal("the connection says it: 'sasl_mechanism'", SECURITY),
            "kafka.sasl.jaas.config",
                    new Refusal("the connection says it, or builds it from 'sasl_username'", SECURITY));

    private static final List<String> SECRET_WORDS =
            List.of("password", "jaas", "token", "credential", "secret", "user.info");
    private static final Pattern SECRET_KEY = Pattern.compile("(.*\\.)?key(\\..*)?");

    private ClientOptions() {}

    /** Returns the {@code kafka.*} options of a connection. */
    static Options ofConnection(Settings settings, Findings findings) {
        Map<String, Refusal> refused = new LinkedHashMap<>(OF_CONSUMERS);
        refused.putAll(OF_PRODUCERS);
        return read(settings, refused, findings);
    }

    /** Returns the {@code kafka.*} options of a read. */
    static Options ofRead(Settings settings, Findings findings) {
        Map<String, Refusal> refused = new LinkedHashMap<>(OF_CONSUMERS);
        refused.putAll(OF_CONNECTION);
        return read(settings, refused, findings);
    }

    /** Returns the {@code kafka.*} options of a write. */
    static Options ofWrite(Settings settings, Findings findings) {
        Map<String, Refusal> refused = new LinkedHashMap<>(OF_PRODUCERS);
        refused.putAll(OF_CONNECTION);
        return read(settings, refused, findings);
    }

    /** Warns of a group id, which Spark takes but which lets two reads take each other's rows. */
    static void warnOfGroupId(Options options, Settings settings, Findings findings) {
        settings.passedThrough().forEach((key, value) -> {
            if (fold(key).equals("kafka.group.id") && options.plain().containsKey("kafka.group.id")) {
                findings.add(
                        Finding.of(
                                        FindingCode.CONFIG_DEPRECATED,
                                        value.at(),
                                        "'" + key + "' can take rows away from another read")
                                .why("reads of one group share its partitions, even a read and its own restart")
                                .fix(
                                        "write 'groupIdPrefix' in the options of the read, unless the broker allows this group only"));
            }
        });
    }

    static String fold(String key) {
        return key.toLowerCase(Locale.ROOT);
    }

    private static Options read(Settings settings, Map<String, Refusal> refused, Findings findings) {
        Options options = Options.none();
        Map<String, String> seen = new LinkedHashMap<>();
        for (Map.Entry<String, Scalar> passed : settings.passedThrough().entrySet()) {
            String key = fold(passed.getKey());
            Refusal refusal = refused.get(key);
            String earlier = seen.putIfAbsent(key, passed.getKey());
            if (refusal != null) {
                findings.add(conflict(passed, "'" + passed.getKey() + "' cannot be set here")
                        .why(refusal.why())
                        .fix(refusal.fix()));
            } else if (earlier != null) {
                findings.add(conflict(passed, "'" + passed.getKey() + "' and '" + earlier + "' mean the same")
                        .fix("keep '" + key + "'"));
            } else if (passed.getValue().isNothing() || key.length() == PREFIX.length()) {
                findings.add(Finding.of(
                                FindingCode.CONFIG_VALUE,
                                passed.getValue().at(),
                                "'" + passed.getKey() + "' says nothing")
                        .allow(SUBJECT));
            } else {
                String value = passed.getValue().text();
                options = isSecret(key) ? options.with(key, secret(key, value)) : options.with(key, value);
            }
        }
        return options;
    }

    private static Finding conflict(Map.Entry<String, Scalar> passed, String message) {
        return Finding.of(FindingCode.CONFIG_CONFLICT, passed.getValue().at(), message);
    }

    private static Secret secret(String key, String value) {
        return key.equals(KafkaConnection.JAAS) ? Jaas.hidden(value) : Secret.of(value);
    }

    private static boolean isSecret(String key) {
        return SECRET_WORDS.stream().anyMatch(key::contains)
                || SECRET_KEY.matcher(key).matches();
    }
}
