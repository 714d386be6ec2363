package io.odibi.connector.kafka;

import static io.odibi.core.port.KnownFailures.firstLine;
import static io.odibi.core.port.KnownFailures.named;
import static io.odibi.core.port.KnownFailures.says;

import io.odibi.core.plan.NodePlan;
import io.odibi.core.port.FailureExplainer;
import io.odibi.core.port.KnownFailures;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the clients of Kafka 3.4 and Spark's connector throw, told with its mend. */
final class KafkaFailures {

    private static final String ERRORS = "kafka.common.errors.";
    private static final Pattern TOPICS = Pattern.compile("\\[([^\\]]+)]");

    static final FailureExplainer ALL = KnownFailures.none()
            .lasting(
                    named(ERRORS + "SaslAuthenticationException")
                            .or(named(ERRORS + "SslAuthenticationException"))
                            .or(named(ERRORS + "AuthorizationException")),
                    (thrown, node) -> "Kafka at " + brokers(node) + " refuses the credentials: " + firstLine(thrown))
            .lasting(
                    named(ERRORS + "UnknownTopicOrPartitionException"),
                    (thrown, node) -> "Kafka at " + brokers(node) + " has no such topic" + topicOf(node)
                            + "; create it, or mend 'subscribe'")
            .lasting(
                    says("some data may have been missed")
                            .or(says("are gone. "))
                            .or(named("OffsetOutOfRangeException")),
                    (thrown, node) -> "records that come next are no longer in Kafka" + topics(thrown)
                            + "; to go on without them set 'failOnDataLoss: false'")
            .passing(
                    named(ERRORS + "TimeoutException")
                            .or(named(ERRORS + "DisconnectException"))
                            .or(says("No resolvable bootstrap urls")),
                    (thrown, node) -> "cannot reach Kafka at " + brokers(node))
            .passing(
                    named(ERRORS + "RetriableException"),
                    (thrown, node) -> "Kafka at " + brokers(node) + " is not ready: " + firstLine(thrown));

    private KafkaFailures() {}

    private static String brokers(NodePlan node) {
        return option(node, "kafka.bootstrap.servers").orElse("its servers");
    }

    private static String topicOf(NodePlan node) {
        return option(node, "subscribe", "topic")
                .map(topic -> " '" + topic + "'")
                .orElse("");
    }

    /** The first of these options that the node's reads and writes have. */
    private static Optional<String> option(NodePlan node, String... names) {
        return Stream.of(names)
                .flatMap(name -> node.options().stream()
                        .flatMap(options -> Optional.ofNullable(options.plain().get(name)).stream()))
                .findFirst();
    }

    private static String topics(Throwable thrown) {
        Matcher topics = TOPICS.matcher(firstLine(thrown));
        return topics.find() ? " (" + topics.group(1) + ")" : "";
    }
}
