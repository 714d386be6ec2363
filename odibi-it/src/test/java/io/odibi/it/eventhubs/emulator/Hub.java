package io.odibi.it.eventhubs.emulator;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** An event hub: partitions, consumer groups and who reads them. Any thread may use it. */
final class Hub {

    static final String DEFAULT_GROUP = "$Default";

    private final String name;
    private final Instant created;
    private final List<PartitionLog> partitions;
    private final Set<String> groups = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Readers> readers = new ConcurrentHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();

    Hub(String name, int partitions, List<String> groups, Clock clock) {
        this.name = name;
        this.created = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        this.partitions = IntStream.range(0, partitions)
                .mapToObj(partition -> new PartitionLog(partition, clock))
                .toList();
        this.groups.add(DEFAULT_GROUP);
        this.groups.addAll(groups);
    }

    String name() {
        return name;
    }

    List<PartitionLog> partitions() {
        return partitions;
    }

    boolean hasGroup(String group) {
        return groups.contains(group);
    }

    /** A partition by the id that clients use for it. */
    Optional<PartitionLog> partition(String id) {
        return partitions.stream()
                .filter(log -> Integer.toString(log.partition()).equals(id))
                .findFirst();
    }

    /** The partition for an event that names none: by its key, or in turn. */
    PartitionLog choose(EventContent event) {
        String key = event.partitionKey();
        int chosen = key == null
                ? Math.floorMod(turn.getAndIncrement(), partitions.size())
                : PartitionKeys.partition(key, partitions.size());
        return partitions.get(chosen);
    }

    Readers readers(String group, PartitionLog log) {
        return readers.computeIfAbsent(group.toLowerCase(Locale.ROOT) + "/" + log.partition(), unused -> new Readers());
    }

    int readerCount() {
        return readers.values().stream().mapToInt(Readers::size).sum();
    }

    /** The answer to a management request. */
    Map<String, Object> answer() {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("name", name);
        answer.put("type", "com.microsoft:eventhub");
        answer.put("created_at", Date.from(created));
        answer.put("partition_count", partitions.size());
        answer.put(
                "partition_ids",
                partitions.stream()
                        .map(log -> Integer.toString(log.partition()))
                        .toArray(String[]::new));
        return answer;
    }
}
