package io.odibi.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.describe.SourceTraits;
import io.odibi.core.execution.Explanation;
import io.odibi.core.execution.Failure.Nature;
import io.odibi.core.model.Processing;
import io.odibi.core.plan.InputPlan;
import io.odibi.core.plan.NodeId;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.ReadPlan;
import io.odibi.core.text.Position;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

class KafkaFailuresTest {

    @Test
    void namesTheBrokersThatCannotBeReached() {
        assertThat(told(new TimeoutException("Timed out waiting for a node assignment. Call: describeTopics")))
                .contains(passing("cannot reach Kafka at localhost:9092"));
        assertThat(told(DisconnectException.INSTANCE)).contains(passing("cannot reach Kafka at localhost:9092"));
    }

    @Test
    void saysThatABrokerIsNotReady() {
        assertThat(told(new NotLeaderOrFollowerException("it has moved.")))
                .contains(passing("Kafka at localhost:9092 is not ready: it has moved"));
    }

    @Test
    void namesTheTopicThatIsMissing() {
        assertThat(told(new UnknownTopicOrPartitionException("This server does not host this topic-partition.")))
                .contains(
                        lasting("Kafka at localhost:9092 has no such topic 'orders'; create it, or mend 'subscribe'"));
    }

    @Test
    void saysWhoRefusesTheCredentials() {
        assertThat(told(new SaslAuthenticationException("Authentication failed.\nat somewhere")))
                .contains(lasting("Kafka at localhost:9092 refuses the credentials: Authentication failed"));
        assertThat(told(new TopicAuthorizationException("Not authorized to access topics: [orders]")))
                .contains(lasting("Kafka at localhost:9092 refuses the credentials: Not authorized to access topics:"
                        + " [orders]"));
    }

    @Test
    void saysHowToGoOnWithoutRecordsThatAreGone() {
        assertThat(told(new IllegalStateException(
                        "Partition orders-0's offset was changed from 10 to 5, some data may have been missed.")))
                .contains(lasting("records that come next are no longer in Kafka; to go on without them set"
                        + " 'failOnDataLoss: false'"));
    }

    @Test
    void knowsNothingOfOtherFailures() {
        assertThat(told(new IllegalStateException("boom"))).isEmpty();
    }

    private static Explanation passing(String words) {
        return new Explanation(words, Nature.PASSING);
    }

    private static Explanation lasting(String words) {
        return new Explanation(words, Nature.LASTING);
    }

    private static Optional<Explanation> told(Throwable cause) {
        return KafkaFailures.ALL.explain(List.of(new RuntimeException("wrapped", cause), cause), node());
    }

    private static NodePlan node() {
        ReadPlan read = new ReadPlan(
                "kafka",
                new Given().read(Processing.STREAMING, "subscribe", "orders").orElseThrow(),
                new SourceTraits(Set.of(Processing.STREAMING), SourceTraits.Replay.BY_OFFSET),
                Processing.STREAMING,
                Given.address().connection(),
                Position.NONE);
        return new NodePlan(
                new NodeId("p", "n"),
                Optional.of(new InputPlan.FromRead(read)),
                Map.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Position.NONE);
    }
}
