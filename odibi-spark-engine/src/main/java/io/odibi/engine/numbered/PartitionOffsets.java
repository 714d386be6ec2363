package io.odibi.engine.numbered;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An offset that counts for each name and partition, as those of Kafka and Event Hubs do: {@code {"orders":{"0":12,"1":7}}}.
 *
 * @param byName for each name, as it is written in JSON, the next number of each partition
 */
public record PartitionOffsets(Map<String, Map<Integer, Long>> byName) {

    private static final Pattern NAME = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\":\\{((?:\"\\d+\":-?\\d+,?)*)}");
    private static final Pattern PARTITION = Pattern.compile("\"(\\d+)\":(-?\\d+)");
    private static final Pattern WHOLE = Pattern.compile("\\{(?:" + NAME.pattern() + ",?)+}");

    public PartitionOffsets {
        Map<String, Map<Integer, Long>> copy = new LinkedHashMap<>();
        byName.forEach((name, numbers) -> copy.put(name, Collections.unmodifiableMap(new TreeMap<>(numbers))));
        byName = Collections.unmodifiableMap(copy);
    }

    /** Returns what an offset says; empty if it does not count that way. */
    public static Optional<PartitionOffsets> read(String json) {
        String text = json.replace(" ", "");
        if (!WHOLE.matcher(text).matches()) {
            return Optional.empty();
        }
        Map<String, Map<Integer, Long>> byName = new LinkedHashMap<>();
        Matcher name = NAME.matcher(text);
        while (name.find()) {
            Map<Integer, Long> numbers = new TreeMap<>();
            Matcher partition = PARTITION.matcher(name.group(2));
            while (partition.find()) {
                numbers.put(Integer.parseInt(partition.group(1)), Long.parseLong(partition.group(2)));
            }
            byName.put(name.group(1), numbers);
        }
        return Optional.of(new PartitionOffsets(byName));
    }

    /** The offset as JSON. */
    public String json() {
        StringBuilder text = new StringBuilder("{");
        byName.forEach((name, numbers) -> {
            text.append(text.length() > 1 ? "," : "").append('"').append(name).append("\":{");
            numbers.forEach((partition, number) -> text.append(text.charAt(text.length() - 1) == '{' ? "" : ",")
                    .append('"')
                    .append(partition)
                    .append("\":")
                    .append(number));
            text.append('}');
        });
        return text.append('}').toString();
    }

    /** How many rows wait from here to there; none in partitions that are not here. */
    public long until(PartitionOffsets end) {
        long[] waiting = {0};
        end.with((partition, number) -> {
            waiting[0] += Math.max(0, number - from(partition, number));
            return number;
        });
        return waiting[0];
    }

    /** Returns, of each partition here, the smaller of the two numbers. */
    PartitionOffsets atMost(PartitionOffsets other) {
        return with((partition, number) -> Math.min(number, other.from(partition, number)));
    }

    /**
     * Returns how far a micro-batch goes that starts here: each partition by its share of what waits, and at least one row.
     *
     * @param end where the rows end; a partition that goes back stays at its end
     * @param most how many rows, roughly: one more for each partition
     */
    PartitionOffsets limited(PartitionOffsets end, long most) {
        double waiting = until(end);
        return end.with((partition, number) -> {
            long from = from(partition, number);
            long share = (long) Math.ceil(most * ((number - from) / waiting));
            return number <= from ? number : Math.min(number, from + share);
        });
    }

    /** The number of a partition. */
    private long from(Partition partition, long otherwise) {
        return byName.getOrDefault(partition.name(), Map.of()).getOrDefault(partition.number(), otherwise);
    }

    private PartitionOffsets with(BiFunction<Partition, Long, Long> change) {
        Map<String, Map<Integer, Long>> changed = new LinkedHashMap<>();
        byName.forEach((name, numbers) -> {
            Map<Integer, Long> inner = new TreeMap<>();
            numbers.forEach(
                    (partition, number) -> inner.put(partition, change.apply(new Partition(name, partition), number)));
            changed.put(name, inner);
        });
        return new PartitionOffsets(changed);
    }

    private record Partition(String name, int number) {}
}
