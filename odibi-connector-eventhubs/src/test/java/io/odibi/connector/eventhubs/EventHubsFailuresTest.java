package io.odibi.connector.eventhubs;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.eventhubs.AuthorizationFailedException;
import com.microsoft.azure.eventhubs.CommunicationException;
import com.microsoft.azure.eventhubs.EventHubException;
import com.microsoft.azure.eventhubs.IllegalEntityException;
import com.microsoft.azure.eventhubs.QuotaExceededException;
import com.microsoft.azure.eventhubs.ReceiverDisconnectedException;
import com.microsoft.azure.eventhubs.ServerBusyException;
import io.odibi.core.execution.Explanation;
import io.odibi.core.execution.Failure.Nature;
import io.odibi.core.plan.NodeId;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.WritePlan;
import io.odibi.core.text.Position;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class EventHubsFailuresTest {

    private static final String HOST = "Event Hubs at shop.servicebus.windows.net";

    @Test
    void tellsWhatStaysUntilItIsMended() {
        assertThat(told(new AuthorizationFailedException("status-code: 401")))
                .contains(lasting(HOST + " refuses the credentials; mend 'connection_string'"));
        assertThat(told(new IllegalEntityException("The messaging entity 'x' could not be found")))
                .contains(lasting(HOST + " has no such hub or consumer group; create it, or mend 'event_hub' or"
                        + " 'consumer_group'"));
        assertThat(told(new CommunicationException(
                        "SSLHandshakeException", new IllegalStateException("PKIX path building failed: x"))))
                .contains(lasting("the certificate of " + HOST + " is not trusted by this Java; name a trust store that"
                        + " has it in 'javax.net.ssl.trustStore'"));
        assertThat(told(new NoClassDefFoundError("org/apache/spark/streaming/dstream/InputDStream")))
                .contains(lasting("what reads Event Hubs needs a library that is not on the class path; add"
                        + " org.apache.spark:spark-streaming_2.12 in Spark's version"));
    }

    @Test
    void tellsWhatGoesBy() {
        assertThat(told(new CommunicationException("Connection refused", null)))
                .contains(passing("cannot reach " + HOST));
        assertThat(told(new ServerBusyException("slow down")))
                .contains(passing(HOST + " is busy: it takes no more for now"));
        assertThat(told(new ReceiverDisconnectedException("New receiver with higher epoch")))
                .contains(passing("another reader has taken over the consumer group at " + HOST
                        + "; give each a 'consumer_group' of its own"));
    }

    @Test
    void tellsWhatTheServiceSaysWithoutItsNumbersForSupport() {
        String support = " TrackingId:74f5_G0, SystemTracker:x, errorContext[NS: y]";
        assertThat(told(new QuotaExceededException("Five receivers read the partition." + support)))
                .contains(passing("a limit of " + HOST + " is reached: Five receivers read the partition"));
        assertThat(told(new EventHubException(true, "It hurts." + support)))
                .contains(passing(HOST + " fails: It hurts"));
        assertThat(told(new EventHubException(true, (String) null))).contains(passing("cannot reach " + HOST));
    }

    @Test
    void tellsOfRowsThatTheServiceDoesNotTake() {
        assertThat(told(new EventHubException(false, "The specified partition is invalid for an EventHub partition")))
                .contains(lasting(HOST + " has no such partition; mend the column 'partition'"));
        assertThat(told(new IllegalStateException("Properties cannot have a null value")))
                .contains(lasting("a row has NULL among its 'properties'; leave it out, such as by map_filter"));
        assertThat(told(thrownIn(
                        "org.apache.spark.sql.eventhubs.EventHubsRowWriter", new AssertionError("assertion failed"))))
                .contains(lasting("a row's 'partition' is no number; write '0', '1' and so on, or drop the column"));
        assertThat(told(thrownIn(
                        "org.apache.spark.sql.eventhubs.EventHubsRowWriter",
                        new IllegalArgumentException("data cannot be null."))))
                .contains(lasting("a row has no 'body': it is NULL; leave such rows out, or give them one"));
    }

    @Test
    void takesTextsThatAreEverybodysForItsOwnOnlyWhereTheyComeFromTheLibrary() {
        TimeoutException timeout = new TimeoutException("Futures timed out after [60 seconds]");
        assertThat(told(timeout)).isEmpty();
        assertThat(told(thrownIn("org.apache.spark.eventhubs.client.EventHubsClient", timeout)))
                .contains(passing("cannot reach " + HOST));
        assertThat(told(new AssertionError("assertion failed"))).isEmpty();
    }

    @Test
    void knowsNothingOfOtherFailuresAndOfOtherSystemsCertificates() {
        assertThat(told(new IllegalStateException("boom"))).isEmpty();
        assertThat(EventHubsFailures.ALL.explain(
                        List.of(new IllegalStateException("PKIX path building failed: x")), node(Optional.empty())))
                .isEmpty();
    }

    @Test
    void tellsOfANodeThatReadsThroughAnother() {
        assertThat(EventHubsFailures.ALL.explain(List.of(new ServerBusyException("slow down")), node(Optional.empty())))
                .contains(passing("Event Hubs is busy: it takes no more for now"));
    }

    private static <T extends Throwable> T thrownIn(String type, T thrown) {
        thrown.setStackTrace(new StackTraceElement[] {new StackTraceElement(type, "x", "X.scala", 1)});
        return thrown;
    }

    private static Explanation passing(String words) {
        return new Explanation(words, Nature.PASSING);
    }

    private static Explanation lasting(String words) {
        return new Explanation(words, Nature.LASTING);
    }

    private static Optional<Explanation> told(Throwable cause) {
        List<Throwable> chain = cause.getCause() == null
                ? List.of(new RuntimeException("wrapped", cause), cause)
                : List.of(cause, cause.getCause());
        return EventHubsFailures.ALL.explain(chain, node());
    }

    private static NodePlan node() {
        EventHubsSink sink = new EventHubsSink();
        WritePlan write = new WritePlan(
                "eventhubs",
                new Given().write(Given.amqp()).orElseThrow(),
                sink.traits(null),
                List.of(),
                sink.traits(null).defaultWriteMode(),
                Given.amqp().connection(),
                Position.NONE);
        return node(Optional.of(write));
    }

    private static NodePlan node(Optional<WritePlan> write) {
        return new NodePlan(
                new NodeId("p", "n"), Optional.empty(), Map.of(), List.of(), write, Optional.empty(), Position.NONE);
    }
}
