package io.odibi.connector.eventhubs;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.Odibi;
import io.odibi.core.catalog.PluginCatalog;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.OutputMode;
import io.odibi.core.model.Trigger;
import io.odibi.testkit.ConfigValues;
import io.odibi.testkit.IdleEngine;
import io.odibi.testkit.NodeBuilder;
import io.odibi.testkit.ProjectBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReaderRuleTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void refusesTwoStreamsOnOneConsumerGroup() {
        List<Finding> findings = check(stream("one", SECOND), stream("two", SECOND));

        assertThat(findings)
                .extracting(Finding::message)
                .containsExactly("'two' and 'one' read one hub with consumer group '$Default'");
    }

    @Test
    void takesStreamsWithGroupsOfTheirOwnAndThoseThatShare() {
        assertThat(check(stream("one", SECOND, "consumer_group", "a"), stream("two", SECOND, "consumer_group", "b")))
                .isEmpty();
        assertThat(check(stream("one", SECOND, "event_hub", "a"), stream("two", SECOND, "event_hub", "b")))
                .isEmpty();
        assertThat(check(
                        stream("one", SECOND, "use_exclusive_receiver", false),
                        stream("two", SECOND, "use_exclusive_receiver", false)))
                .isEmpty();
    }

    @Test
    void looksThroughStreamsThatOthersBuildOn() {
        NodeBuilder view = new NodeBuilder("view")
                .streaming(OutputMode.APPEND)
                .trigger(new Trigger.ProcessingTime(SECOND))
                .read("hub", "eventhubs", ConfigValues.mapping());
        List<Finding> findings = check(view, built("one"), built("two"));

        assertThat(findings)
                .singleElement()
                .extracting(Finding::message)
                .asString()
                .contains("'two' and 'one'");
    }

    @Test
    void refusesToAskMoreThanOnceASecond() {
        List<Finding> findings = check(stream("hasty", Duration.ofMillis(999)));

        assertThat(findings)
                .extracting(Finding::message)
                .containsExactly("node 'hasty' reads Event Hubs more often than once a second");
        assertThat(check(stream("calm", SECOND))).isEmpty();
    }

    @Test
    void tellsOfAStreamThatReadsOneHubTwice() {
        NodeBuilder view = new NodeBuilder("view")
                .streaming(OutputMode.APPEND)
                .trigger(new Trigger.ProcessingTime(SECOND))
                .read("hub", "eventhubs", ConfigValues.mapping());

        assertThat(check(view, stream("joined", SECOND).dependsOn("view")))
                .extracting(Finding::message)
                .containsExactly("'joined' reads one hub twice with consumer group '$Default'");
    }

    @Test
    void looksThroughBatchNodesThatAStreamReadsItself() {
        NodeBuilder table = new NodeBuilder("table").read("hub", "eventhubs", ConfigValues.mapping());

        assertThat(check(table, stream("joined", SECOND).dependsOn("table")))
                .extracting(Finding::message)
                .containsExactly("'joined' reads one hub twice with consumer group '$Default'");
    }

    private static NodeBuilder stream(String name, Duration interval, Object... settings) {
        return new NodeBuilder(name)
                .streaming(OutputMode.APPEND)
                .trigger(new Trigger.ProcessingTime(interval))
                .read("hub", "eventhubs", ConfigValues.mapping(settings))
                .write("hub", "eventhubs", ConfigValues.mapping("event_hub", "out"));
    }

    private static NodeBuilder built(String name) {
        return new NodeBuilder(name)
                .streaming(OutputMode.APPEND)
                .trigger(new Trigger.ProcessingTime(SECOND))
                .dependsOn("view")
                .write("hub", "eventhubs", ConfigValues.mapping("event_hub", "out"));
    }

    private static List<Finding> check(NodeBuilder... nodes) {
        ProjectBuilder project = new ProjectBuilder("hubs")
                .connection(
                        "hub",
                        "eventhubs",
                        ConfigValues.mapping("connection_string", Given.STRING, "event_hub", "orders"))
                .pipeline("p", nodes);
        try (Odibi odibi = new Odibi(
                PluginCatalog.of(List.of(new EventHubsPlugin(), new IdleEngine().plugin())), Clock.systemUTC())) {
            return odibi.check(project.build(), new Findings()).findings();
        }
    }
}
