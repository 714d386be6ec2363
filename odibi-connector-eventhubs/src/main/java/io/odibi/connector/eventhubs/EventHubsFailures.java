package io.odibi.connector.eventhubs;

import static io.odibi.core.port.KnownFailures.firstLine;
import static io.odibi.core.port.KnownFailures.named;
import static io.odibi.core.port.KnownFailures.says;

import io.odibi.core.plan.NodePlan;
import io.odibi.core.port.FailureExplainer;
import io.odibi.core.port.KnownFailures;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/** What azure-eventhubs-spark 2.3.22 and the client in it throw, told with its mend. */
final class EventHubsFailures {

    private static final String CLIENT = "com.microsoft.azure.eventhubs.";
    private static final String LIBRARY = "spark.eventhubs.";
    private static final String WRITER = "spark.sql.eventhubs.EventHubsRowWriter";

    private static final KnownFailures KNOWN = KnownFailures.none()
            .lasting(
                    named(CLIENT + "AuthorizationFailedException"),
                    (thrown, node) -> hubs(node) + " refuses the credentials; mend 'connection_string'")
            .lasting(
                    named(CLIENT + "IllegalEntityException"),
                    (thrown, node) -> hubs(node)
                            + " has no such hub or consumer group; create it, or mend 'event_hub' or 'consumer_group'")
            .lasting(
                    named(CLIENT + "PayloadSizeExceededException"),
                    (thrown, node) -> "an event is larger than Event Hubs takes, which is 1 MB; make 'body' smaller")
            .lasting(
                    says("Both a partitionKey"),
                    (thrown, node) -> "a row has both 'partitionKey' and 'partition'; drop one of the columns")
            .lasting(
                    says("The specified partition is invalid"),
                    (thrown, node) -> hubs(node) + " has no such partition; mend the column 'partition'")
            .lasting(
                    named("AssertionError").and(from(WRITER)),
                    (thrown, node) -> "a row's 'partition' is no number; write '0', '1' and so on, or drop the column")
            .lasting(
                    says("data cannot be null").and(from(WRITER)),
                    (thrown, node) -> "a row has no 'body': it is NULL; leave such rows out, or give them one")
            .lasting(
                    says("Properties cannot have a null"),
                    (thrown, node) -> "a row has NULL among its 'properties'; leave it out, such as by map_filter")
            .lasting(
                    says("The beginning sequence number"),
                    (thrown, node) -> "the read begins after its end in some partition of " + hubs(node)
                            + "; mend 'startingPosition' or 'endingPosition'")
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
                    (thrown, node) -> "another reader has taken over the consumer group at " + hubs(node)
                            + "; give each a 'consumer_group' of its own")
            .passing(
                    named(CLIENT + "ServerBusyException"),
                    (thrown, node) -> hubs(node) + " is busy: it takes no more for now")
            .passing(
                    named(CLIENT + "QuotaExceededException"),
                    (thrown, node) -> "a limit of " + hubs(node) + " is reached" + said(thrown))
            .passing(
                    named(CLIENT + "CommunicationException")
                            .or(named(CLIENT + "TimeoutException"))
                            .or(named(CLIENT + "OperationCancelledException"))
                            .or(named(CLIENT + "EventHubException").and(EventHubsFailures::saysNothing))
                            .or(says("Futures timed out").and(from(LIBRARY))),
                    (thrown, node) -> "cannot reach " + hubs(node))
            .passing(named(CLIENT + "EventHubException"), (thrown, node) -> hubs(node) + " fails" + said(thrown));

    /** Every system that encrypts says so; it counts where the node, or what was thrown, has to do with Event Hubs. */
    private static final KnownFailures CERTIFICATE = KnownFailures.none()
            .lasting(
                    says("PKIX path building failed").or(says("PKIX path validation failed")),
                    (thrown, node) -> "the certificate of " + hubs(node)
                            + " is not trusted by this Java; name a trust store that has it in"
                            + " 'javax.net.ssl.trustStore'");

    static final FailureExplainer ALL = (chain, node) -> Optional.of(chain)
            .filter(thrown -> host(node).isPresent() || thrown.stream().anyMatch(named(CLIENT)))
            .flatMap(thrown -> CERTIFICATE.explain(thrown, node))
            .or(() -> KNOWN.explain(chain, node));

    private EventHubsFailures() {}

    private static Predicate<Throwable> missing(String part) {
        return named("NoClassDefFoundError").or(named("ClassNotFoundException")).and(says(part));
    }

    /** Recognises a throwable by a class that it came through: the library throws its own texts with the JDK's and Scala's classes. */
    private static Predicate<Throwable> from(String partOfClassName) {
        return thrown -> Arrays.stream(thrown.getStackTrace())
                .anyMatch(frame -> frame.getClassName().contains(partOfClassName));
    }

    private static boolean saysNothing(Throwable thrown) {
        return firstLine(thrown).isEmpty();
    }

    /** What the service said, without what it writes for its own support. */
    private static String said(Throwable thrown) {
        String line = firstLine(thrown).replaceFirst("[,.]?\\s*TrackingId:.*", "");
        return line.isBlank() ? "" : ": " + line;
    }

    private static String hubs(NodePlan node) {
        return "Event Hubs" + host(node).map(host -> " at " + host).orElse("");
    }

    private static Optional<String> host(NodePlan node) {
        return node.options().stream()
                .flatMap(options -> Namespace.hostOf(options).stream())
                .findFirst();
    }
}
