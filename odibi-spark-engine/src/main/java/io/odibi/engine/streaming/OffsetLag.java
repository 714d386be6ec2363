package io.odibi.engine.streaming;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How many records lie between two offsets of a source that counts per topic and partition, as Kafka does:
 * {@code {"topic":{"0":12,"1":7}}}. Other sources have other offsets, and no such count.
 */
final class OffsetLag {

    private static final Pattern TOPIC = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\":\\{((?:\"\\d+\":-?\\d+,?)*)}");
    private static final Pattern PARTITION = Pattern.compile("\"(\\d+)\":(-?\\d+)");
    private static final Pattern WHOLE = Pattern.compile("\\{(?:" + TOPIC.pattern() + ",?)+}");

    private OffsetLag() {}

    /**
     * Returns the count.
     *
     * @param end up to where the source was read; null if nothing was
     * @param latest where the source ends; null if it does not say
     */
    static OptionalLong between(@Nullable String end, @Nullable String latest) {
        if (end == null || latest == null || !isCounted(end) || !isCounted(latest)) {
            return OptionalLong.empty();
        }
        Map<String, Long> read = offsets(end);
        long waiting = 0;
        for (Map.Entry<String, Long> partition : offsets(latest).entrySet()) {
            waiting += Math.max(0, partition.getValue() - read.getOrDefault(partition.getKey(), partition.getValue()));
        }
        return OptionalLong.of(waiting);
    }

    private static boolean isCounted(String offset) {
        return WHOLE.matcher(offset.replace(" ", "")).matches();
    }

    private static Map<String, Long> offsets(String text) {
        Map<String, Long> offsets = new HashMap<>();
        Matcher topic = TOPIC.matcher(text.replace(" ", ""));
        while (topic.find()) {
            Matcher partition = PARTITION.matcher(topic.group(2));
            while (partition.find()) {
                offsets.put(topic.group(1) + "/" + partition.group(1), Long.parseLong(partition.group(2)));
            }
        }
        return offsets;
    }
}
