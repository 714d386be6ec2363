package io.odibi.connector.kafka;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;

/** Which topics a read is of. */
sealed interface Topics {

    /** Spark's option. */
    String option();

    /** The option's value. */
    String value();

    /** A name for people, without the system's. */
    String label();

    /** Says why offsets do not fit these topics; Spark wants one for each partition that is read. */
    Optional<String> mismatch(NavigableMap<String, NavigableMap<Integer, Long>> numbers);

    /**
     * Topics by name.
     *
     * @param names the topics
     */
    record Named(List<String> names) implements Topics {
        @Override
        public String option() {
            return "subscribe";
        }

        @Override
        public String value() {
            return String.join(",", names);
        }

        @Override
        public String label() {
            return (names.size() == 1 ? "topic " : "topics ") + String.join(", ", names);
        }

        @Override
        public Optional<String> mismatch(NavigableMap<String, NavigableMap<Integer, Long>> numbers) {
            return strangerAmong(numbers.keySet(), Set.copyOf(names), "topic", "'subscribe'")
                    .or(() -> names.stream()
                            .filter(name -> !numbers.containsKey(name))
                            .findFirst()
                            .map(name -> "topic '" + name + "' of 'subscribe' is missing"));
        }
    }

    /**
     * Topics by pattern.
     *
     * @param pattern a regular expression of Java's
     */
    record Matching(String pattern) implements Topics {
        @Override
        public String option() {
            return "subscribePattern";
        }

        @Override
        public String value() {
            return pattern;
        }

        @Override
        public String label() {
            return "topics that match " + pattern;
        }

        @Override
        public Optional<String> mismatch(NavigableMap<String, NavigableMap<Integer, Long>> numbers) {
            return Optional.empty();
        }
    }

    /**
     * Partitions by number.
     *
     * @param partitions the partitions
     */
    record Assigned(Partitions partitions) implements Topics {
        @Override
        public String option() {
            return "assign";
        }

        @Override
        public String value() {
            return partitions.option();
        }

        @Override
        public String label() {
            Set<String> names = partitions.byTopic().keySet();
            return "partitions of " + (names.size() == 1 ? "topic " : "topics ") + String.join(", ", names);
        }

        @Override
        public Optional<String> mismatch(NavigableMap<String, NavigableMap<Integer, Long>> numbers) {
            return strangerAmong(numbers.keySet(), partitions.byTopic().keySet(), "topic", "'assign'")
                    .or(() -> partitions.byTopic().entrySet().stream()
                            .flatMap(topic -> mismatch(
                                    topic.getKey(),
                                    topic.getValue(),
                                    Optional.ofNullable(numbers.get(topic.getKey()))
                                            .map(NavigableMap::keySet)
                                            .orElse(Set.of()))
                                    .stream())
                            .findFirst());
        }

        private static Optional<String> mismatch(String topic, Set<Integer> assigned, Set<Integer> given) {
            return strangerAmong(given, assigned, "partition", "topic '" + topic + "' in 'assign'")
                    .or(() -> assigned.stream()
                            .filter(number -> !given.contains(number))
                            .findFirst()
                            .map(number -> "partition '" + number + "' of topic '" + topic + "' is missing"));
        }
    }

    private static <T> Optional<String> strangerAmong(Set<T> given, Set<T> known, String what, String where) {
        return given.stream()
                .filter(one -> !known.contains(one))
                .findFirst()
                .map(one -> what + " '" + one + "' is not in " + where);
    }

    /** Returns the offsets that start after they end: topic and partition in words. */
    static Optional<String> reversed(
            NavigableMap<String, NavigableMap<Integer, Long>> starts,
            NavigableMap<String, NavigableMap<Integer, Long>> ends) {
        for (Map.Entry<String, NavigableMap<Integer, Long>> topic : starts.entrySet()) {
            for (Map.Entry<Integer, Long> start : topic.getValue().entrySet()) {
                NavigableMap<Integer, Long> there = ends.get(topic.getKey());
                Long end = there == null ? null : there.get(start.getKey());
                if (end != null && start.getValue() >= 0 && end >= 0 && start.getValue() > end) {
                    return Optional.of("partition " + start.getKey() + " of topic '" + topic.getKey() + "' starts at "
                            + start.getValue() + " and ends at " + end);
                }
            }
        }
        return Optional.empty();
    }
}
