package io.odibi.connector.eventhubs;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.describe.Numbering;
import io.odibi.core.describe.Numbering.Gaps;
import io.odibi.core.describe.Scan.FormatScan;
import io.odibi.core.finding.Finding;
import io.odibi.core.model.Processing;
import io.odibi.testkit.ConfigValues;
import io.odibi.testkit.Contract;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventHubsSourceTest {

    private static final String END =
            "{\"offset\":\"@latest\",\"seqNo\":-1,\"enqueuedTime\":null,\"isInclusive\":false}";
    private static final String START = "{\"offset\":\"-1\",\"seqNo\":-1,\"enqueuedTime\":null,\"isInclusive\":true}";

    private final Given given = new Given();

    @Test
    void beginsAStreamAtTheEndAndABatchAtTheStart() {
        assertThat(given.stream().orElseThrow().options().plain()).containsEntry("eventhubs.startingPosition", END);
        assertThat(given.batch().orElseThrow().options().plain()).containsEntry("eventhubs.startingPosition", START);
    }

    @Test
    void letsTheEngineWatchOverAStream() {
        FormatScan scan = given.stream("maxEventsPerTrigger", 500).orElseThrow();

        assertThat(scan.format()).isEqualTo("eventhubs");
        assertThat(scan.label()).isEqualTo("eventhubs orders at shop.servicebus.windows.net");
        assertThat(scan.numbering()).contains(new Numbering("sequenceNumber", OptionalLong.of(500), Gaps.REFUSED));
        assertThat(scan.options().plain())
                .containsEntry("maxEventsPerTrigger", "1000000000000")
                .containsEntry("eventhubs.consumerGroup", "$Default")
                .containsEntry("eventhubs.receiverTimeout", "PT30S")
                .containsEntry("eventhubs.operationTimeout", "PT1M");
        assertThat(given.stream("failOnDataLoss", false)
                        .orElseThrow()
                        .numbering()
                        .orElseThrow()
                        .gaps())
                .isEqualTo(Gaps.ACCEPTED);
        assertThat(given.batch().orElseThrow().numbering()).isEmpty();
    }

    @Test
    void writesPositionsAsTheLibraryReadsThem() {
        FormatScan scan = given.batch(
                        "startingPosition",
                        "2026-01-31T09:00:00+01:00",
                        "startingPositions",
                        ConfigValues.mapping("0", 5, "1", "earliest"),
                        "endingPosition",
                        70)
                .orElseThrow();

        assertThat(scan.options().plain())
                .containsEntry(
                        "eventhubs.startingPosition",
                        "{\"offset\":null,\"seqNo\":-1,\"enqueuedTime\":\"2026-01-31T08:00:00.000Z\",\"isInclusive\":true}")
                .containsEntry(
                        "eventhubs.startingPositions",
                        "{\"{\\\"ehName\\\":\\\"orders\\\",\\\"partitionId\\\":0}\":{\"offset\":null,\"seqNo\":5,"
                                + "\"enqueuedTime\":null,\"isInclusive\":true},"
                                + "\"{\\\"ehName\\\":\\\"orders\\\",\\\"partitionId\\\":1}\":" + START + "}")
                .containsEntry(
                        "eventhubs.endingPosition",
                        "{\"offset\":null,\"seqNo\":70,\"enqueuedTime\":null,\"isInclusive\":true}");
    }

    @Test
    void readsAnotherHubThroughOneConnection() {
        FormatScan scan =
                given.stream("event_hub", "returns", "consumer_group", "two").orElseThrow();

        assertThat(scan.label()).startsWith("eventhubs returns ");
        assertThat(scan.options().plain()).containsEntry("eventhubs.consumerGroup", "two");
        assertThat(scan.toString()).doesNotContain(Contract.CANARY);
    }

    @Test
    void asksForAHub() {
        assertThat(given.read(Processing.STREAMING, Given.through("connection_string", Given.STRING)))
                .isEmpty();
        assertThat(given.finding().message()).isEqualTo("no hub is named");
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "2026-01-31", "@latest"})
    void refusesPlacesThatAreNone(String place) {
        assertThat(given.stream("startingPosition", place)).isEmpty();
        assertThat(given.finding().message()).isEqualTo("'startingPosition' cannot be '" + place + "'");
    }

    @Test
    void refusesABatchBetweenWhoseBoundsNothingLies() {
        given.batch("endingPosition", "earliest");
        given.batch("startingPositions", ConfigValues.mapping("1", "latest"));
        given.batch("startingPosition", 7, "starting_positions", ConfigValues.mapping("0", 3), "endingPosition", 6);
        given.batch("startingPosition", "2026-01-31T08:00:00Z", "endingPosition", "2026-01-31T07:59:59Z");
        given.batch("startingPosition", 5, "endingPositions", ConfigValues.mapping("3", 4));

        assertThat(given.findings())
                .extracting(Finding::message)
                .containsExactlyInAnyOrder(
                        "'endingPosition' cannot be earliest in batch",
                        "'startingPositions' cannot be latest in batch",
                        "the read ends before it begins",
                        "the read ends before it begins",
                        "the read ends before it begins in partition 3");
    }

    @Test
    void takesABatchWhoseBoundsOnlyTheServiceCanCompare() {
        assertThat(given.batch("startingPosition", 7, "endingPosition", "2026-01-31T08:00:00Z"))
                .isPresent();
        assertThat(given.batch("startingPosition", 7, "endingPosition", 7)).isPresent();
    }

    @Test
    void promisesNothingOfLostEventsInABatchOverAmqp() {
        assertThat(given.batch("failOnDataLoss", true)).isEmpty();
        assertThat(given.finding().message()).isEqualTo("'failOnDataLoss' has no meaning in a batch over AMQP");
        assertThat(given.read(Processing.BATCH, Given.kafka(), "failOnDataLoss", true))
                .isPresent();
    }

    @Test
    void refusesWhatHasNoMeaning() {
        given.stream("endingPosition", "latest");
        given.batch("maxEventsPerTrigger", 5, "startingPosition", "latest");
        given.stream("receiverTimeout", "2 minutes");
        given.stream("startingPositions", ConfigValues.mapping("first", 1));

        assertThat(given.findings())
                .extracting(Finding::message)
                .containsExactlyInAnyOrder(
                        "'endingPosition' has no meaning in a stream",
                        "'maxEventsPerTrigger' has no meaning in batch",
                        "'startingPosition' cannot be latest in batch",
                        "'receiverTimeout' is longer than 'operationTimeout'",
                        "'startingPositions' cannot have a partition 'first'");
    }

    @Test
    void readsTheKafkaEndpoint() {
        FormatScan scan = given.read(
                        Processing.STREAMING,
                        Given.kafka(),
                        "startingPosition",
                        "earliest",
                        "maxEventsPerTrigger",
                        30,
                        "consumer_group",
                        "two")
                .orElseThrow();

        assertThat(scan.format()).isEqualTo("kafka");
        assertThat(scan.numbering()).isEmpty();
        assertThat(scan.options().plain())
                .containsEntry("subscribe", "orders")
                .containsEntry("startingOffsets", "earliest")
                .containsEntry("maxOffsetsPerTrigger", "30")
                .containsEntry("groupIdPrefix", "two")
                .containsEntry("failOnDataLoss", "true")
                .doesNotContainKey("connection_string");
        assertThat(scan.options().secret()).containsOnlyKeys("kafka.sasl.jaas.config");
    }

    @Test
    void refusesOverKafkaWhatKafkaDoesNotHave() {
        Optional<FormatScan> scan =
                given.read(Processing.STREAMING, Given.kafka(), "startingPosition", 5, "prefetchCount", 10);

        assertThat(scan).isEmpty();
        assertThat(given.findings())
                .extracting(Finding::message)
                .containsExactly(
                        "'startingPosition' cannot be a sequence number over Kafka",
                        "'prefetchCount' is for 'protocol: amqp'");
    }
}
