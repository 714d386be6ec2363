package io.odibi.connector.kafka;

import io.odibi.core.settings.Setting;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.TypeShape;
import io.odibi.core.settings.ValueType;
import io.odibi.core.settings.ValueTypes;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The settings of a read, as Spark spells them. Defaults are Spark's, and where Spark has its own they are left to it.
 *
 * @see <a href="https://spark.apache.org/docs/3.5.7/structured-streaming-kafka-integration.html">Spark's Kafka guide</a>
 */
final class KafkaRead {

    private static final int LONGEST_PATTERN = 1000;
    private static final Pattern MILLIS = Pattern.compile("\\d{1,18}");

    static final Setting<List<String>> SUBSCRIBE =
            Setting.optional("subscribe", TopicName.several(), "Topics to read, by name");
    static final Setting<String> SUBSCRIBE_PATTERN = Setting.optional(
                    "subscribePattern", pattern(), "Topics to read, by a pattern that their whole name matches")
            .alias("subscribe_pattern");
    static final Setting<Partitions> ASSIGN =
            Setting.optional("assign", Partitions.type(), "Partitions to read, by topic and number");

    static final Setting<PerPartition> STARTING_OFFSETS = Setting.optional(
                    "startingOffsets",
                    PerPartition.offsets(),
                    "Where the first start begins (later ones go on from the checkpoint); by default latest in a stream,"
                            + " earliest in batch")
            .alias("starting_offsets");
    static final Setting<Long> STARTING_TIMESTAMP = Setting.optional(
                    "startingTimestamp", instant(), "Time from which the first start reads, in each partition")
            .alias("starting_timestamp");
    static final Setting<PerPartition> STARTING_BY_TIMESTAMP = Setting.optional(
                    "startingOffsetsByTimestamp",
                    PerPartition.times(),
                    "Times from which the first start reads, in milliseconds since 1970, for each partition")
            .alias("starting_offsets_by_timestamp");
    static final Setting<String> STRATEGY = Setting.optional(
                    "startingOffsetsByTimestampStrategy",
                    ValueTypes.choice("error", "latest"),
                    "What to do where no row is as late as the starting time: error (the default) fails, latest waits for new"
                            + " rows")
            .alias("starting_offsets_by_timestamp_strategy");
    static final Setting<PerPartition> ENDING_OFFSETS = Setting.optional(
                    "endingOffsets", PerPartition.offsets(), "Where a batch ends, by default latest")
            .alias("ending_offsets");
    static final Setting<Long> ENDING_TIMESTAMP = Setting.optional(
                    "endingTimestamp", instant(), "Time up to which a batch reads, in each partition")
            .alias("ending_timestamp");
    static final Setting<PerPartition> ENDING_BY_TIMESTAMP = Setting.optional(
                    "endingOffsetsByTimestamp",
                    PerPartition.times(),
                    "Times up to which a batch reads, in milliseconds since 1970, for each partition")
            .alias("ending_offsets_by_timestamp");

    static final Setting<Long> MAX_OFFSETS = Setting.optional(
                    "maxOffsetsPerTrigger",
                    ValueTypes.whole(1, Long.MAX_VALUE),
                    "Most rows of a micro-batch, shared out over the partitions by how much waits in each")
            .alias("max_offsets_per_trigger");
    static final Setting<Long> MIN_OFFSETS = Setting.optional(
                    "minOffsetsPerTrigger",
                    ValueTypes.whole(1, Long.MAX_VALUE),
                    "Fewest rows of a micro-batch: fewer wait for 'maxTriggerDelay'")
            .alias("min_offsets_per_trigger");
    static final Setting<Duration> MAX_DELAY = Setting.optional(
                    "maxTriggerDelay",
                    ValueTypes.duration(Duration.ofMillis(1), Duration.ofDays(365)),
                    "Longest wait for 'minOffsetsPerTrigger', by default 15 minutes")
            .alias("max_trigger_delay");

    static final Setting<Boolean> FAIL_ON_DATA_LOSS = Setting.withDefault(
                    "failOnDataLoss",
                    ValueTypes.truth(),
                    true,
                    "Whether to fail when rows that were to be read are gone from Kafka")
            .alias("fail_on_data_loss");
    static final Setting<Boolean> INCLUDE_HEADERS = Setting.withDefault(
                    "includeHeaders", ValueTypes.truth(), false, "Whether rows have a column 'headers'")
            .alias("include_headers");
    static final Setting<Long> MIN_PARTITIONS = Setting.optional(
                    "minPartitions",
                    ValueTypes.whole(1, Integer.MAX_VALUE),
                    "Fewest tasks to read with, where Kafka has fewer partitions")
            .alias("min_partitions");
    static final Setting<String> GROUP_ID_PREFIX = Setting.optional(
                    "groupIdPrefix",
                    ValueTypes.text("the start of a name"),
                    "What the names of the consumer groups start with, by default spark-kafka-source")
            .alias("group_id_prefix");
    static final Setting<Long> POLL_TIMEOUT = Setting.optional(
                    "kafkaConsumer.pollTimeoutMs",
                    ValueTypes.whole(1, Long.MAX_VALUE),
                    "How long a task waits for rows, in milliseconds, by default 120000")
            .alias("kafka_consumer_poll_timeout_ms");
    static final Setting<Long> FETCH_RETRIES = Setting.optional(
                    "fetchOffset.numRetries",
                    ValueTypes.whole(1, Integer.MAX_VALUE),
                    "How often to ask for offsets before giving up, by default 3")
            .alias("fetch_offset_num_retries");
    static final Setting<Long> FETCH_INTERVAL = Setting.optional(
                    "fetchOffset.retryIntervalMs",
                    ValueTypes.whole(0, Long.MAX_VALUE),
                    "How long to wait before asking for offsets again, in milliseconds, by default 1000")
            .alias("fetch_offset_retry_interval_ms");

    /** What goes to Spark as it was read. */
    static final List<Setting<?>> AS_READ = List.of(
            STARTING_TIMESTAMP,
            STRATEGY,
            ENDING_TIMESTAMP,
            MAX_OFFSETS,
            MIN_OFFSETS,
            FAIL_ON_DATA_LOSS,
            INCLUDE_HEADERS,
            MIN_PARTITIONS,
            GROUP_ID_PREFIX,
            POLL_TIMEOUT,
            FETCH_RETRIES,
            FETCH_INTERVAL);

    /** Ways to say where a read begins. */
    static final List<Setting<?>> STARTS = List.of(STARTING_OFFSETS, STARTING_TIMESTAMP, STARTING_BY_TIMESTAMP);

    /** Ways to say where a batch ends. */
    static final List<Setting<?>> ENDS = List.of(ENDING_OFFSETS, ENDING_TIMESTAMP, ENDING_BY_TIMESTAMP);

    /** What paces a stream. */
    static final List<Setting<?>> PACE = List.of(MAX_OFFSETS, MIN_OFFSETS, MAX_DELAY);

    static final SettingsDeclaration SETTINGS = SettingsDeclaration.of(
                    "Rows of Kafka topics",
                    SUBSCRIBE,
                    SUBSCRIBE_PATTERN,
                    ASSIGN,
                    STARTING_OFFSETS,
                    STARTING_TIMESTAMP,
                    STARTING_BY_TIMESTAMP,
                    STRATEGY,
                    ENDING_OFFSETS,
                    ENDING_TIMESTAMP,
                    ENDING_BY_TIMESTAMP,
                    MAX_OFFSETS,
                    MIN_OFFSETS,
                    MAX_DELAY,
                    FAIL_ON_DATA_LOSS,
                    INCLUDE_HEADERS,
                    MIN_PARTITIONS,
                    GROUP_ID_PREFIX,
                    POLL_TIMEOUT,
                    FETCH_RETRIES,
                    FETCH_INTERVAL)
            .passing(ClientOptions.PREFIX, ClientOptions.SUBJECT);

    private KafkaRead() {}

    /** Returns Spark's word for a duration. */
    static String millis(Duration duration) {
        return duration.toMillis() + "ms";
    }

    private static ValueType<String> pattern() {
        return ValueTypes.parsed(
                new TypeShape.Text(
                        "a regular expression of Java's, at most " + LONGEST_PATTERN + " characters", Optional.empty()),
                text -> Optional.of(text.strip()).filter(KafkaRead::compiles));
    }

    private static boolean compiles(String pattern) {
        if (pattern.length() > LONGEST_PATTERN) {
            return false;
        }
        try {
            Pattern unused = Pattern.compile(pattern);
            return unused.flags() == 0;
        } catch (PatternSyntaxException broken) {
            return false;
        }
    }

    private static ValueType<Long> instant() {
        return ValueTypes.parsed(
                new TypeShape.Text(
                        "a time such as 2026-01-31T08:00:00Z, or milliseconds since 1970-01-01", Optional.empty()),
                text -> MILLIS.matcher(text).matches() ? Optional.of(Long.parseLong(text)) : time(text));
    }

    private static Optional<Long> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant().toEpochMilli())
                    .filter(millis -> millis >= 0);
        } catch (DateTimeParseException | ArithmeticException noTime) {
            return Optional.empty();
        }
    }
}
