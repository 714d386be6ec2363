package io.odibi.connector.kafka;

import static io.odibi.core.model.Processing.BATCH;
import static io.odibi.core.model.Processing.STREAMING;
import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.DataAddress;
import io.odibi.core.describe.Options;
import io.odibi.core.describe.Scan.FormatScan;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.model.Processing;
import io.odibi.core.text.Located;
import io.odibi.core.text.Position;
import io.odibi.testkit.ConfigValues;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSourceTest {

    private final Given given = new Given();

    @Test
    void readsATopicFromItsEndAsAStream() {
        FormatScan scan = given.read(STREAMING, "subscribe", "raw_events").orElseThrow();

        assertThat(scan.format()).isEqualTo("kafka");
        assertThat(scan.label()).isEqualTo("kafka topic raw_events");
        assertThat(scan.options().reveal())
                .containsExactly(
                        Map.entry("kafka.bootstrap.servers", "localhost:9092"),
                        Map.entry("kafka.security.protocol", "PLAINTEXT"),
                        Map.entry("subscribe", "raw_events"),
                        Map.entry("startingOffsets", "latest"));
    }

    @Test
    void readsATopicFromItsStartInBatch() {
        assertThat(option(given.read(BATCH, "subscribe", "raw_events"), "startingOffsets"))
                .contains("earliest");
    }

    @Test
    void takesTopicsWithCommasAndAsList() {
        FormatScan commas = given.read(STREAMING, "subscribe", " a, b ,a").orElseThrow();
        FormatScan list = given.read(STREAMING, "subscribe", List.of("a", "b")).orElseThrow();

        assertThat(commas).isEqualTo(list);
        assertThat(list.label()).isEqualTo("kafka topics a, b");
        assertThat(list.options().plain()).containsEntry("subscribe", "a,b");
    }

    @Test
    void readsTopicsThatMatchAPattern() {
        FormatScan scan = given.read(STREAMING, "subscribe_pattern", "raw[.].*").orElseThrow();
        assertThat(scan.label()).isEqualTo("kafka topics that match raw[.].*");
        assertThat(scan.options().plain()).containsEntry("subscribePattern", "raw[.].*");
    }

    @Test
    void readsPartitionsByNumber() {
        FormatScan json =
                given.read(STREAMING, "assign", "{\"b\": [2, 0], \"a\": [1]}").orElseThrow();
        FormatScan mapping = given.read(STREAMING, "assign", Map.of("a", List.of(1), "b", List.of(0, 2)))
                .orElseThrow();

        assertThat(json).isEqualTo(mapping);
        assertThat(json.label()).isEqualTo("kafka partitions of topics a, b");
        assertThat(json.options().plain()).containsEntry("assign", "{\"a\":[1],\"b\":[0,2]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "subscribe        | a b      | 'subscribe' cannot hold 'a b'",
                "subscribe        | ..       | 'subscribe' cannot hold '..'",
                "subscribe        | ,        | 'subscribe' cannot be ','",
                "subscribePattern | raw(     | 'subscribePattern' cannot be 'raw('",
                "assign           | raw      | 'assign' cannot be text",
                "assign           | {raw}    | 'assign' is not JSON",
                "assign           | {\"a\":[]}   | 'assign.a' cannot be an empty list",
                "assign           | {\"a\":[-1]} | 'assign.a': no partition has the number '-1'",
                "assign           | {\"a b\":[1]}| 'assign': no topic can be called 'a b'",
                "assign           | {\"a\":{}}   | 'assign.a' cannot be a mapping",
            })
    void refusesWhatNamesNoTopic(String key, String value, String message) {
        assertThat(given.read(STREAMING, key, value)).isEmpty();
        assertThat(given.finding().message()).isEqualTo(message);
        assertThat(given.finding().code()).isEqualTo(FindingCode.CONFIG_VALUE);
        assertThat(given.finding().at().line()).isEqualTo(1);
    }

    @Test
    void needsTopics() {
        assertThat(given.read(STREAMING)).isEmpty();
        assertThat(given.finding().message()).isEqualTo("no topic is named");
    }

    @Test
    void refusesTwoWaysToNameTopics() {
        assertThat(given.read(STREAMING, "subscribe", "a", "subscribePattern", "b.*"))
                .isEmpty();
        assertThat(given.finding().message()).isEqualTo("'subscribePattern' and 'subscribe' exclude each other");
        assertThat(given.finding().at().line()).isEqualTo(2);
    }

    @Test
    void saysWhereToNameATopicThatWasCalledATable() {
        DataAddress table = new DataAddress(
                Given.address().connection(),
                Optional.of(new Located<>("raw_events", Position.NONE)),
                Optional.empty(),
                Position.NONE);
        assertThat(given.read(STREAMING, table, "subscribe", "a")).isEmpty();
        assertThat(given.finding().notes())
                .contains(new Finding.Note(Finding.Label.FIX, "write 'subscribe: raw_events' under 'options'"));
    }

    @Test
    void needsAConnectionToKafka() {
        DataAddress lake = new DataAddress(
                Optional.of(Connection.toSystem("lake", "local", Options.none())),
                Optional.empty(),
                Optional.empty(),
                Position.NONE);
        assertThat(given.read(STREAMING, lake, "subscribe", "a")).isEmpty();
        assertThat(given.finding().code()).isEqualTo(FindingCode.PLAN_CONNECTION_KIND);
    }

    @Test
    void knowsItsColumns() {
        assertThat(given.read(STREAMING, "subscribe", "a")
                        .orElseThrow()
                        .schema()
                        .toString())
                .doesNotContain("headers");
        assertThat(given.read(STREAMING, "subscribe", "a", "includeHeaders", true)
                        .orElseThrow()
                        .schema()
                        .toString())
                .contains("headers ARRAY<STRUCT<key: STRING, value: BINARY>>");
    }

    @ParameterizedTest
    @EnumSource(Processing.class)
    void takesOffsetsAsJsonAndAsMapping(Processing processing) {
        String offsets = "{\"a\":{\"0\":23,\"1\":-2}}";
        assertThat(option(given.read(processing, "subscribe", "a", "startingOffsets", offsets), "startingOffsets"))
                .contains(offsets);
        assertThat(option(
                        given.read(processing, "subscribe", "a", "starting_offsets", Map.of("a", Map.of(0, 23, 1, -2))),
                        "startingOffsets"))
                .contains(offsets);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "earlyest               | 'startingOffsets' cannot be 'earlyest'  | 20",
                "{\"a\":{\"0\":-3}}     | 'startingOffsets.a.0' cannot be '-3'   | 30",
                "{\"a\":{\"0\":1.5}}    | 'startingOffsets.a.0' cannot be '1.5'  | 30",
                "{\"a\":{\"x\":1}}      | 'startingOffsets.a.x': no partition has the number 'x' | 26",
                "{\"a\":7}              | 'startingOffsets.a' cannot be text     | 25",
                "{\"a\":{\"0\":1}       | 'startingOffsets' is not JSON          | 32",
                "{\"a\":{\"0\":1}} x    | 'startingOffsets' is not JSON          | 34",
                "{\"a\":{\"0\":1,\"0\":2}} | 'startingOffsets' is not JSON       | 32",
                "{}                     | 'startingOffsets' cannot be a mapping  | 20",
            })
    void findsFaultsInOffsetsAtTheirPlace(String offsets, String message, int column) {
        assertThat(given.read(STREAMING, "subscribe", "a", "startingOffsets", offsets))
                .isEmpty();
        assertThat(given.finding().message()).isEqualTo(message);
        assertThat(given.finding().at()).isEqualTo(new Position(ConfigValues.FILE, 2, column));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "subscribe | a    | {\"b\":{\"0\":1}}               | topic 'b' is not in 'subscribe'",
                "subscribe | a,b  | {\"b\":{\"0\":1}}               | topic 'a' of 'subscribe' is missing",
                "assign    | {\"a\":[0]} | {\"a\":{\"0\":1,\"1\":1}} | partition '1' is not in topic 'a' in 'assign'",
                "assign    | {\"a\":[0,1]} | {\"a\":{\"0\":1}}      | partition '1' of topic 'a' is missing",
                "assign    | {\"a\":[0],\"b\":[0]} | {\"a\":{\"0\":1}} | partition '0' of topic 'b' is missing",
            })
    void findsOffsetsThatDoNotFitTheTopics(String way, String topics, String offsets, String why) {
        assertThat(given.read(STREAMING, way, topics, "startingOffsets", offsets))
                .isEmpty();
        assertThat(given.finding().notes()).contains(new Finding.Note(Finding.Label.WHY, why));
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "{\"a\":{\"0\":-1}}"})
    void refusesToStartABatchAtItsEnd(String start) {
        assertThat(given.read(BATCH, "subscribe", "a", "startingOffsets", start))
                .isEmpty();
        assertThat(given.finding().message()).isEqualTo("'startingOffsets' cannot be latest (-1) in batch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"earliest", "{\"a\":{\"0\":-2}}"})
    void refusesToEndABatchAtItsStart(String end) {
        assertThat(given.read(BATCH, "subscribe", "a", "endingOffsets", end)).isEmpty();
        assertThat(given.finding().message()).isEqualTo("'endingOffsets' cannot be earliest (-2)");
    }

    @Test
    void refusesABatchThatEndsBeforeItStarts() {
        assertThat(given.read(
                        BATCH,
                        "subscribe",
                        "a",
                        "startingOffsets",
                        "{\"a\":{\"0\":5}}",
                        "endingOffsets",
                        "{\"a\":{\"0\":4}}"))
                .isEmpty();
        assertThat(given.finding().notes())
                .contains(new Finding.Note(Finding.Label.WHY, "partition 0 of topic 'a' starts at 5 and ends at 4"));
        assertThat(given.read(BATCH, "subscribe", "a", "startingTimestamp", 5, "endingTimestamp", 4))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "endingOffsets              | latest",
                "endingTimestamp            | 1000",
                "endingOffsetsByTimestamp   | {\"a\":{\"0\":1}}",
            })
    void refusesAnEndInAStream(String key, String value) {
        assertThat(given.read(STREAMING, "subscribe", "a", key, value)).isEmpty();
        assertThat(given.finding().message()).isEqualTo("'" + key + "' has no meaning in a stream");
        assertThat(given.finding().at().line()).isEqualTo(2);
        assertThat(given.read(BATCH, "subscribe", "a", key, value)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"maxOffsetsPerTrigger,5", "minOffsetsPerTrigger,5", "maxTriggerDelay,5 minutes"})
    void refusesThePaceOfAStreamInBatch(String key, String value) {
        assertThat(given.read(BATCH, "subscribe", "a", key, value)).isEmpty();
        assertThat(given.finding().message()).isEqualTo("'" + key + "' has no meaning in batch");
    }

    @Test
    void pacesAStream() {
        assertThat(given.read(
                                STREAMING,
                                "subscribe",
                                "a",
                                "max_offsets_per_trigger",
                                1000,
                                "minOffsetsPerTrigger",
                                10,
                                "maxTriggerDelay",
                                "1 minute 30 seconds")
                        .orElseThrow()
                        .options()
                        .plain())
                .containsEntry("maxOffsetsPerTrigger", "1000")
                .containsEntry("minOffsetsPerTrigger", "10")
                .containsEntry("maxTriggerDelay", "90000ms");
    }

    @Test
    void refusesAPaceThatContradictsItself() {
        assertThat(given.read(STREAMING, "subscribe", "a", "maxOffsetsPerTrigger", 5, "minOffsetsPerTrigger", 6))
                .isEmpty();
        assertThat(given.finding().message())
                .isEqualTo("'minOffsetsPerTrigger' is greater than 'maxOffsetsPerTrigger'");
    }

    @Test
    void refusesADelayForNothing() {
        assertThat(given.read(STREAMING, "subscribe", "a", "maxTriggerDelay", "5m"))
                .isEmpty();
        assertThat(given.finding().message()).isEqualTo("'maxTriggerDelay' needs 'minOffsetsPerTrigger'");
    }

    @Test
    void takesTimesInWordsAndInMilliseconds() {
        assertThat(option(
                        given.read(STREAMING, "subscribe", "a", "startingTimestamp", "2026-01-31T09:00:00+01:00"),
                        "startingTimestamp"))
                .contains("1769846400000");
        FormatScan scan = given.read(
                        STREAMING,
                        "subscribe",
                        "a",
                        "startingTimestamp",
                        1000,
                        "startingOffsetsByTimestampStrategy",
                        "latest")
                .orElseThrow();
        assertThat(scan.options().plain())
                .containsEntry("startingTimestamp", "1000")
                .containsEntry("startingOffsetsByTimestampStrategy", "latest")
                .doesNotContainKey("startingOffsets");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-01-31", "-5", "1969-01-01T00:00:00Z", "99999999999999999999"})
    void refusesWhatIsNoTime(String time) {
        assertThat(given.read(STREAMING, "subscribe", "a", "startingTimestamp", time))
                .isEmpty();
        assertThat(given.finding().message()).isEqualTo("'startingTimestamp' cannot be '" + time + "'");
    }

    @Test
    void refusesTwoStarts() {
        assertThat(given.read(STREAMING, "subscribe", "a", "startingOffsets", "earliest", "startingTimestamp", 5))
                .isEmpty();
        assertThat(given.finding().message()).isEqualTo("'startingTimestamp' and 'startingOffsets' exclude each other");
    }

    @Test
    void refusesAStrategyForNothing() {
        assertThat(given.read(STREAMING, "subscribe", "a", "startingOffsetsByTimestampStrategy", "latest"))
                .isEmpty();
        assertThat(given.finding().message()).isEqualTo("'startingOffsetsByTimestampStrategy' needs a starting time");
    }

    @Test
    void handsOnWhatKafkasClientTakes() {
        FormatScan scan = given.read(
                        STREAMING,
                        "subscribe",
                        "a",
                        "kafka.Session.timeout.ms",
                        "5000",
                        "kafka.ssl.key.password",
                        "canary")
                .orElseThrow();
        assertThat(scan.options().reveal())
                .containsEntry("kafka.session.timeout.ms", "5000")
                .containsEntry("kafka.ssl.key.password", "canary");
        assertThat(scan.toString()).contains("5000").doesNotContain("canary");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "kafka.auto.offset.reset     | write 'startingOffsets: earliest' or 'startingOffsets: latest' in the options of the read",
                "kafka.key.deserializer      | read the key in a step: CAST(key AS STRING)",
                "kafka.value.deserializer    | read the value in a step: CAST(value AS STRING)",
                "kafka.enable.auto.commit    | drop it",
                "kafka.interceptor.classes   | drop it; one for a write stands in the options of the write",
                "kafka.bootstrap.servers     | write it in the connection, where every read and write has it",
                "kafka.sasl.jaas.config      | write it in the connection, where every read and write has it",
            })
    void refusesWhatSparkOrTheConnectionDecides(String key, String fix) {
        assertThat(given.read(STREAMING, "subscribe", "a", key, "canary")).isEmpty();
        assertThat(given.finding().message()).isEqualTo("'" + key + "' cannot be set here");
        assertThat(given.finding().notes()).contains(new Finding.Note(Finding.Label.FIX, fix));
        assertThat(given.finding().toString()).doesNotContain("canary");
    }

    @Test
    void warnsOfAGroupAndRefusesAPrefixBesideIt() {
        assertThat(given.read(STREAMING, "subscribe", "a", "kafka.group.id", "mine"))
                .isPresent();
        assertThat(given.finding().isError()).isFalse();
        assertThat(given.read(STREAMING, "subscribe", "a", "kafka.group.id", "mine", "groupIdPrefix", "odibi"))
                .isEmpty();
        assertThat(given.findings())
                .extracting(Finding::message)
                .contains("'groupIdPrefix' and 'kafka.group.id' exclude each other");
    }

    @Test
    void suggestsTheSettingThatWasMeant() {
        assertThat(given.read(STREAMING, "subscribe", "a", "startingOffset", "earliest"))
                .isEmpty();
        assertThat(given.finding().notes())
                .contains(new Finding.Note(Finding.Label.HINT, "did you mean 'startingOffsets'?"));
    }

    @Test
    void tellsAllFaultsAtOnce() {
        assertThat(given.read(
                        STREAMING,
                        "subscribe",
                        "a",
                        "endingOffsets",
                        "latest",
                        "maxTriggerDelay",
                        "5m",
                        "kafka.auto.offset.reset",
                        "earliest"))
                .isEmpty();
        assertThat(given.findings()).hasSize(3);
    }

    private static Optional<String> option(Optional<FormatScan> scan, String key) {
        return scan.map(found -> found.options().reveal().get(key));
    }
}
