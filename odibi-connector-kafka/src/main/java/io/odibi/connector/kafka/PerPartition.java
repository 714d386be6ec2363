package io.odibi.connector.kafka;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.settings.TypeShape;
import io.odibi.core.settings.ValueType;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.ConfigValue;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.ConfigValue.Scalar;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Offsets or times: one for all partitions, by a word, or one for each.
 *
 * @param word {@code earliest} or {@code latest}; empty where each partition has its own
 * @param numbers by topic and partition; empty where a word stands for all
 */
record PerPartition(Optional<String> word, NavigableMap<String, NavigableMap<Integer, Long>> numbers) {

    /** What stands for the first offset that is still there. */
    static final long EARLIEST = -2;

    /** What stands for the end. */
    static final long LATEST = -1;

    PerPartition {
        numbers = Collections.unmodifiableNavigableMap(new TreeMap<>(numbers));
    }

    /** Returns what Spark is told. */
    String option() {
        return word.orElseGet(() -> numbers.entrySet().stream()
                .map(topic -> "\"" + topic.getKey() + "\":"
                        + topic.getValue().entrySet().stream()
                                .map(partition -> "\"" + partition.getKey() + "\":" + partition.getValue())
                                .collect(Collectors.joining(",", "{", "}")))
                .collect(Collectors.joining(",", "{", "}")));
    }

    /** Whether a number stands anywhere. */
    boolean holds(long number) {
        return numbers.values().stream().anyMatch(partitions -> partitions.containsValue(number));
    }

    /** Offsets: a word or JSON, which may be written as a mapping too. */
    static ValueType<PerPartition> offsets() {
        return new Type(
                Set.of("earliest", "latest"),
                EARLIEST,
                "earliest, latest or offsets such as {\"topic\": {\"0\": 23, \"1\": -2}}, -2 for earliest and -1 for latest");
    }

    /** Times in milliseconds since 1970. */
    static ValueType<PerPartition> times() {
        return new Type(
                Set.of(), 0, "times such as {\"topic\": {\"0\": 1767225600000}}, in milliseconds since 1970-01-01");
    }

    private record Type(Set<String> words, long least, String meaning) implements ValueType<PerPartition> {

        @Override
        public TypeShape shape() {
            TypeShape text = new TypeShape.Text(meaning, Optional.empty());
            return new TypeShape.AnyOf(List.of(
                    text, new TypeShape.MapOf(new TypeShape.MapOf(new TypeShape.Whole(least, Long.MAX_VALUE)))));
        }

        @Override
        public Optional<PerPartition> read(ConfigValue value, String key, Findings findings) {
            return value.fold(
                    scalar -> text(scalar, key, findings),
                    sequence -> refuse(sequence, key, findings),
                    mapping -> numbers(mapping, key, findings));
        }

        private Optional<PerPartition> text(Scalar scalar, String key, Findings findings) {
            String text = scalar.text().strip().toLowerCase(Locale.ROOT);
            if (words.contains(text)) {
                return Optional.of(new PerPartition(Optional.of(text), new TreeMap<>()));
            }
            if (!text.startsWith("{")) {
                findings.add(told(scalar, key, "'" + Words.shorten(scalar.text()) + "'")
                        .suggest(text, words));
                return Optional.empty();
            }
            return JsonText.read(scalar, key, findings)
                    .flatMap(json -> json.fold(
                            word -> refuse(word, key, findings),
                            list -> refuse(list, key, findings),
                            mapping -> numbers(mapping, key, findings)));
        }

        private Optional<PerPartition> numbers(Mapping mapping, String key, Findings findings) {
            Findings own = new Findings();
            NavigableMap<String, NavigableMap<Integer, Long>> numbers = new TreeMap<>();
            for (Mapping.Entry topic : mapping.entries()) {
                if (!TopicName.isAllowed(topic.key())) {
                    own.add(Finding.of(
                                    FindingCode.CONFIG_VALUE,
                                    topic.keyAt(),
                                    "'" + key + "': no topic can be called '" + Words.shorten(topic.key()) + "'")
                            .allow(meaning));
                }
                numbers.put(topic.key(), partitions(topic, key, own));
            }
            if (numbers.isEmpty()) {
                refuse(mapping, key, own);
            }
            findings.addAll(own);
            return own.hasErrors() ? Optional.empty() : Optional.of(new PerPartition(Optional.empty(), numbers));
        }

        private NavigableMap<Integer, Long> partitions(Mapping.Entry topic, String key, Findings findings) {
            NavigableMap<Integer, Long> partitions = new TreeMap<>();
            if (!(topic.value() instanceof Mapping mapping) || mapping.entries().isEmpty()) {
                refuse(topic.value(), key + "." + topic.key(), findings);
                return partitions;
            }
            for (Mapping.Entry entry : mapping.entries()) {
                String path = key + "." + topic.key() + "." + entry.key();
                Optional<Integer> partition = Partitions.number(entry.key());
                if (partition.isEmpty()) {
                    findings.add(Partitions.refuse(entry.key(), path, entry.keyAt()));
                }
                ValueTypes.whole(least, Long.MAX_VALUE)
                        .read(entry.value(), path, findings)
                        .ifPresent(number -> partition.ifPresent(one -> partitions.put(one, number)));
            }
            return partitions;
        }

        private Optional<PerPartition> refuse(ConfigValue value, String key, Findings findings) {
            findings.add(told(value, key, value.kind()));
            return Optional.empty();
        }

        private Finding told(ConfigValue value, String key, String what) {
            return Finding.of(FindingCode.CONFIG_VALUE, value.at(), "'" + key + "' cannot be " + what)
                    .allow(meaning);
        }
    }
}
