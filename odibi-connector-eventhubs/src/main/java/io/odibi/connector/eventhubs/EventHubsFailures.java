package io.odibi.connector.eventhubs;

import static io.odibi.core.port.KnownFailures.firstLine;
import static io.odibi.core.port.KnownFailures.named;
import static io.odibi.core.port.KnownFailures.says;

import io.odibi.core.plan.NodePlan;
import io.odibi.core.port.FailureExplainer;
import io.odibi.core.port.KnownFailures;
import java.util.function.Predicate;

/** What azure-eventhubs-spark 2.3.22 and the client in it throw, told with its mend. */
final class EventHubsFailures {

    private static final String CLIENT = "com.microsoft.azure.eventhubs.";

    static final FailureExplainer ALL = KnownFailures.none()
            .lasting(
                    named(CLIENT + "AuthorizationFailedException"),
                    (thrown, node) -> "Event Hubs" + at(node) + " refuses the credentials; mend 'connection_string'")
            .lasting(
                    named(CLIENT + "IllegalEntityException"),
                    (thrown, node) -> "Event Hubs" + at(node)
                            + " has no such hub or consumer group; create it, or mend 'event_hub' or 'consumer_group'")
            .lasting(
                    says("PKIX path building failed").or(says("PKIX path validation failed")),
                    (thrown, node) -> "the certificate of Event Hubs" + at(node)
                            + " is not trusted by this Java; name a trust store that has it in"
                            + " 'javax.net.ssl.trustStore'")
            .lasting(
                    named(CLIENT + "PayloadSizeExceededException"),
                    (thrown, node) -> "an event is larger than Event Hubs takes, which is 1 MB; make 'body' smaller")
            .lasting(
                    says("Both a partitionKey").or(says("both a partitionKey")),
                    (thrown, node) -> "a row has both 'partitionKey' and 'partition'; drop one of the columns")
            .lasting(
                    says("Failed to find data source: eventhubs"),
                    (thrown, node) -> "what reads Event Hubs is not on the class path; add"
                            + " com.microsoft.azure:azure-eventhubs-spark_2.12:2.3.22")
            .lasting(
                    missing("org/apache/spark/streaming").or(missing("org.apache.spark.streaming")),
                    (thrown, node) -> "what reads Event Hubs needs a library that is not on the class path; add"
                            + " org.apache.spark:spark-streaming_2.12 in Spark's version")
            .passing(
                    named(CLIENT + "ReceiverDisconnectedException"),
                    (thrown, node) -> "another reader has taken over the consumer group at Event Hubs" + at(node)
                            + "; give each a 'consumer_group' of its own")
            .passing(
                    named(CLIENT + "ServerBusyException").or(named(CLIENT + "QuotaExceededException")),
                    (thrown, node) -> "Event Hubs" + at(node) + " is busy: it takes no more for now")
            .passing(
                    named(CLIENT + "CommunicationException")
                            .or(named(CLIENT + "TimeoutException"))
                            .or(named(CLIENT + "OperationCancelledException")),
                    (thrown, node) -> "cannot reach Event Hubs" + at(node))
            .passing(
                    named(CLIENT + "EventHubException"),
                    (thrown, node) -> "Event Hubs" + at(node) + " fails: " + firstLine(thrown));

    private EventHubsFailures() {}

    private static Predicate<Throwable> missing(String part) {
        return named("NoClassDefFoundError").or(named("ClassNotFoundException")).and(says(part));
    }

    private static String at(NodePlan node) {
        return node.options().stream()
                .flatMap(options -> Namespace.hostOf(options).stream())
                .findFirst()
                .map(host -> " at " + host)
                .orElse("");
    }
}
