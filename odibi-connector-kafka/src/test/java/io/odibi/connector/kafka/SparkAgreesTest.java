package io.odibi.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odibi.core.describe.Scan.FormatScan;
import io.odibi.core.describe.ScanSchema;
import io.odibi.core.model.Processing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.kafka010.KafkaSourceProvider;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scala.Option;
import scala.Tuple2;
import scala.collection.immutable.Map$;

/** Spark's own Kafka source, asked without a session: it takes what is described, and refuses what is refused here. */
class SparkAgreesTest {

    private static final List<Object> EVERYTHING = List.of(
            "subscribe",
            "a",
            "startingOffsets",
            "{\"a\":{\"0\":23,\"1\":-2}}",
            "failOnDataLoss",
            false,
            "includeHeaders",
            true,
            "minPartitions",
            8,
            "groupIdPrefix",
            "odibi",
            "kafkaConsumer.pollTimeoutMs",
            1000,
            "fetchOffset.numRetries",
            5,
            "fetchOffset.retryIntervalMs",
            50,
            "kafka.session.timeout.ms",
            5000);

    static Stream<List<Object>> streams() {
        return Stream.of(
                List.of("subscribe", "a,b"),
                List.of("subscribePattern", "a.*", "startingOffsets", "earliest"),
                List.of("assign", "{\"a\":[0,1]}", "startingOffsets", "{\"a\":{\"0\":1,\"1\":-1}}"),
                List.of("subscribe", "a", "startingTimestamp", "2026-01-31T08:00:00Z"),
                List.of(
                        "subscribe", "a",
                        "startingOffsetsByTimestamp", "{\"a\":{\"0\":1000}}",
                        "startingOffsetsByTimestampStrategy", "latest"),
                List.of(
                        "subscribe",
                        "a",
                        "maxOffsetsPerTrigger",
                        9,
                        "minOffsetsPerTrigger",
                        9,
                        "maxTriggerDelay",
                        "5m"),
                EVERYTHING);
    }

    static Stream<List<Object>> batches() {
        return Stream.of(
                List.of("subscribe", "a,b"),
                List.of("subscribe", "a", "endingOffsets", "{\"a\":{\"0\":-1}}"),
                List.of("assign", "{\"a\":[0,1]}", "startingTimestamp", "1000", "endingTimestamp", "2000"),
                List.of("subscribe", "a", "endingOffsetsByTimestamp", "{\"a\":{\"0\":1000}}"),
                EVERYTHING);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void takesEveryStreamThatIsDescribed(List<Object> settings) {
        FormatScan scan = scan(Processing.STREAMING, settings);
        assertThat(StructType.fromDDL(((ScanSchema.Fixed) scan.schema()).ddl()))
                .isEqualTo(asStream(scan.options().reveal()));
    }

    @ParameterizedTest
    @MethodSource("batches")
    void takesEveryBatchThatIsDescribed(List<Object> settings) {
        FormatScan scan = scan(Processing.BATCH, settings);
        assertThatCode(() -> asBatch(scan.options().reveal())).doesNotThrowAnyException();
    }

    static Stream<Map<String, String>> refusedStreams() {
        return Stream.of(
                Map.of("kafka.auto.offset.reset", "earliest"),
                Map.of("kafka.key.deserializer", "x"),
                Map.of("kafka.value.deserializer", "x"),
                Map.of("kafka.enable.auto.commit", "true"),
                Map.of("kafka.interceptor.classes", "x"),
                Map.of("subscribePattern", "a.*"),
                Map.of("endingOffsets", "latest"),
                Map.of("endingOffsetsByTimestamp", "{\"a\":{\"0\":1}}"),
                Map.of("minOffsetsPerTrigger", "6", "maxOffsetsPerTrigger", "5"));
    }

    @ParameterizedTest
    @MethodSource("refusedStreams")
    void refusesEveryStreamThatIsRefused(Map<String, String> more) {
        Map<String, String> options = new HashMap<>(
                scan(Processing.STREAMING, List.of("subscribe", "a")).options().reveal());
        options.putAll(more);
        assertThatThrownBy(() -> asStream(options)).isInstanceOf(IllegalArgumentException.class);

        Map<String, Object> settings = new HashMap<>(more);
        settings.put("subscribe", "a");
        Object[] pairs = settings.entrySet().stream()
                .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                .toArray();
        assertThat(new Given().read(Processing.STREAMING, pairs)).isEmpty();
    }

    @Test
    void refusesABatchThatStartsAtItsEnd() {
        Map<String, String> options = new HashMap<>(
                scan(Processing.BATCH, List.of("subscribe", "a")).options().reveal());
        options.put("startingOffsets", "latest");
        assertThatThrownBy(() -> asBatch(options)).isInstanceOf(IllegalArgumentException.class);
    }

    private static FormatScan scan(Processing processing, List<Object> settings) {
        Given given = new Given();
        return given.read(processing, settings.toArray())
                .orElseThrow(() -> new AssertionError(given.findings().toString()));
    }

    private static StructType asStream(Map<String, String> options) {
        return new KafkaSourceProvider()
                .sourceSchema(null, Option.empty(), "kafka", asScala(options))
                ._2();
    }

    /** Without a poll timeout, Spark asks the session for one. */
    private static void asBatch(Map<String, String> options) {
        Map<String, String> complete = new HashMap<>(options);
        complete.putIfAbsent("kafkaConsumer.pollTimeoutMs", "1000");
        assertThat(new KafkaSourceProvider().createRelation(null, asScala(complete)))
                .isNotNull();
    }

    private static scala.collection.immutable.Map<String, String> asScala(Map<String, String> options) {
        scala.collection.immutable.Map<String, String> all = Map$.MODULE$.empty();
        for (Map.Entry<String, String> option : options.entrySet()) {
            all = all.$plus(new Tuple2<>(option.getKey(), option.getValue()));
        }
        return all;
    }
}
