package io.odibi.connector.eventhubs;

import io.odibi.core.settings.Setting;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.ValueTypes;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The settings of a read.
 *
 * @see <a href="https://github.com/Azure/azure-event-hubs-spark/blob/master/docs/structured-streaming-eventhubs-integration.md">the
 *     library's guide</a>
 */
final class EventHubsRead {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(30);

    static final Setting<String> CONSUMER_GROUP = Setting.optional(
            "consumer_group",
            EventHubsConnection.groupName(),
            "Consumer group of this read, in place of the connection's; each stream needs one of its own");
    static final Setting<StreamPosition> START = Setting.optional(
                    "startingPosition",
                    StreamPosition.type(),
                    "Where the first start begins (later ones go on from the checkpoint); by default latest in a stream,"
                            + " earliest in batch")
            .alias("starting_position");
    static final Setting<Map<String, StreamPosition>> STARTS = Setting.optional(
                    "startingPositions",
                    ValueTypes.map(StreamPosition.type()),
                    "Where single partitions begin, by their ids; the others begin at 'startingPosition'")
            .alias("starting_positions");
    static final Setting<StreamPosition> END = Setting.optional(
                    "endingPosition",
                    StreamPosition.type(),
                    "Up to where a batch reads, without that event; by default latest")
            .alias("ending_position");
    static final Setting<Map<String, StreamPosition>> ENDS = Setting.optional(
                    "endingPositions",
                    ValueTypes.map(StreamPosition.type()),
                    "Up to where a batch reads single partitions, by their ids")
            .alias("ending_positions");
    static final Setting<Long> MAX_EVENTS = Setting.withDefault(
                    "maxEventsPerTrigger",
                    ValueTypes.whole(1, Integer.MAX_VALUE),
                    50_000L,
                    "Most events of a micro-batch, shared out over the partitions by how much waits in each; a task keeps its share"
                            + " in memory")
            .alias("max_events_per_trigger");
    static final Setting<Boolean> FAIL_ON_DATA_LOSS = Setting.withDefault(
                    "failOnDataLoss",
                    ValueTypes.truth(),
                    true,
                    "Whether a stream fails when events that were to be read have expired; over Kafka a batch, too")
            .alias("fail_on_data_loss");
    static final Setting<Duration> RECEIVER_TIMEOUT = Setting.withDefault(
                    "receiverTimeout",
                    ValueTypes.duration(SHORTEST, LONGEST),
                    Duration.ofSeconds(30),
                    "How long a task waits for events that are there; at most 'operationTimeout'")
            .alias("receiver_timeout");
    static final Setting<Duration> OPERATION_TIMEOUT = operationTimeout();
    static final Setting<Long> PREFETCH = Setting.optional(
                    "prefetchCount", ValueTypes.whole(1, 2000), "Events that a receiver fetches ahead, by default 500")
            .alias("prefetch_count");
    static final Setting<Long> THREADS = threads();
    static final Setting<Boolean> EXCLUSIVE = Setting.withDefault(
                    "useExclusiveReceiver",
                    ValueTypes.truth(),
                    true,
                    "Whether a read takes its consumer group's partitions for itself; without it up to five may share a group")
            .alias("use_exclusive_receiver");
    static final Setting<String> LOCATION = Setting.optional(
                    "partitionPreferredLocationStrategy",
                    ValueTypes.choice("Hash", "BalancedHash"),
                    "How partitions are spread over executors, by default Hash")
            .alias("partition_preferred_location_strategy");

    /** What only the library for AMQP has. */
    static final List<Setting<?>> OF_AMQP =
            List.of(STARTS, END, ENDS, RECEIVER_TIMEOUT, OPERATION_TIMEOUT, PREFETCH, THREADS, EXCLUSIVE, LOCATION);

    static final SettingsDeclaration SETTINGS = SettingsDeclaration.of(
            "Events of a hub",
            Namespace.HUB,
            CONSUMER_GROUP,
            START,
            STARTS,
            END,
            ENDS,
            MAX_EVENTS,
            FAIL_ON_DATA_LOSS,
            RECEIVER_TIMEOUT,
            OPERATION_TIMEOUT,
            PREFETCH,
            THREADS,
            EXCLUSIVE,
            LOCATION);

    private EventHubsRead() {}

    /** How long the service may take; of reads and of writes. */
    static Setting<Duration> operationTimeout() {
        return Setting.withDefault(
                        "operationTimeout",
                        ValueTypes.duration(SHORTEST, LONGEST),
                        Duration.ofMinutes(1),
                        "How long the service may take to answer; a lost connection is noticed no later")
                .alias("operation_timeout");
    }

    /** How many threads the library has; of reads and of writes. */
    static Setting<Long> threads() {
        return Setting.optional(
                        "threadPoolSize", ValueTypes.whole(1, 1000), "Threads of the library's client, by default 16")
                .alias("thread_pool_size");
    }
}
