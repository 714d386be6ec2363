package io.odibi.connector.eventhubs;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.describe.DataAddress;
import io.odibi.core.describe.NeededColumn;
import io.odibi.core.describe.Target.FormatTarget;
import io.odibi.core.describe.WriteRequest;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.Processing;
import io.odibi.core.text.Located;
import io.odibi.testkit.ConfigValues;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventHubsSinkTest {

    private final Given given = new Given();

    @Test
    void writesToTheHubOverEitherProtocol() {
        FormatTarget amqp = given.write(Given.amqp()).orElseThrow();
        FormatTarget kafka = given.write(Given.kafka(), "event_hub", "returns").orElseThrow();

        assertThat(amqp.format()).isEqualTo("eventhubs");
        assertThat(amqp.options().plain()).containsEntry("eventhubs.operationTimeout", "PT1M");
        assertThat(amqp.options().secret()).containsOnlyKeys("eventhubs.connectionString");
        assertThat(kafka.format()).isEqualTo("kafka");
        assertThat(kafka.options().plain()).containsEntry("topic", "returns");
        assertThat(kafka.label()).isEqualTo("eventhubs returns at shop.servicebus.windows.net");
    }

    @Test
    void needsTheColumnsOfItsProtocol() {
        assertThat(columns(Given.amqp()))
                .containsExactly("body", "partitionKey", "partition", "partitionId", "properties");
        assertThat(columns(Given.kafka())).containsExactly("value", "key", "headers", "partition");
    }

    @Test
    void refusesTablesPathsAndPartitionColumns() {
        DataAddress address = new DataAddress(
                Given.amqp().connection(),
                Optional.of(new Located<>("orders", Given.amqp().at())),
                Optional.empty(),
                Given.amqp().at());
        EventHubsSink sink = new EventHubsSink();
        Findings findings = new Findings();
        WriteRequest request = new WriteRequest(
                address,
                Processing.BATCH,
                Optional.empty(),
                List.of(new Located<>("day", address.at())),
                sink.settings().read(ConfigValues.mapping(), findings).orElseThrow());

        assertThat(sink.describe(request, findings)).isEmpty();
        assertThat(findings.sorted())
                .extracting(finding -> finding.message())
                .containsExactlyInAnyOrder(
                        "format 'eventhubs' has no table and no path",
                        "a write of format 'eventhubs' is not split by columns");
    }

    @Test
    void refusesOverKafkaWhatKafkaDoesNotHave() {
        assertThat(given.write(Given.kafka(), "threadPoolSize", 3)).isEmpty();
        assertThat(given.finding().message()).isEqualTo("'threadPoolSize' is for 'protocol: amqp'");
    }

    private static List<String> columns(DataAddress address) {
        EventHubsSink sink = new EventHubsSink();
        return sink
                .columns(new WriteRequest(
                        address,
                        Processing.STREAMING,
                        Optional.empty(),
                        List.of(),
                        sink.settings()
                                .read(ConfigValues.mapping(), new Findings())
                                .orElseThrow()))
                .stream()
                .map(NeededColumn::name)
                .toList();
    }
}
