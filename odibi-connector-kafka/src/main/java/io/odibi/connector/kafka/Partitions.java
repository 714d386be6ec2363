package io.odibi.connector.kafka;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.settings.TypeShape;
import io.odibi.core.settings.ValueType;
import io.odibi.core.text.ConfigValue;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.ConfigValue.Sequence;
import io.odibi.core.text.Position;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Partitions that are read without Kafka's group protocol.
 *
 * @param byTopic the partitions of each topic
 */
record Partitions(NavigableMap<String, NavigableSet<Integer>> byTopic) {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final String MEANING = "partitions such as {\"topic\": [0, 1]}";
    private static final TypeShape SHAPE = new TypeShape.AnyOf(List.of(
            new TypeShape.Text(MEANING, Optional.empty()),
            new TypeShape.MapOf(new TypeShape.ListOf(new TypeShape.Whole(0, Integer.MAX_VALUE)))));

    Partitions {
        byTopic = Collections.unmodifiableNavigableMap(new TreeMap<>(byTopic));
    }

    /** Returns what Spark is told. */
    String option() {
        return byTopic.entrySet().stream()
                .map(topic -> "\"" + topic.getKey() + "\":"
                        + topic.getValue().stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]")))
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** The type: JSON, which may be written as a mapping too. */
    static ValueType<Partitions> type() {
        return new ValueType<>() {
            @Override
            public Optional<Partitions> read(ConfigValue value, String key, Findings findings) {
                return value.fold(
                        scalar -> scalar.text().strip().startsWith("{")
                                ? JsonText.read(scalar, key, findings).flatMap(json -> ofMapping(json, key, findings))
                                : ofMapping(scalar, key, findings),
                        sequence -> ofMapping(sequence, key, findings),
                        mapping -> ofMapping(mapping, key, findings));
            }

            @Override
            public TypeShape shape() {
                return SHAPE;
            }
        };
    }

    /** Returns the partition number that a text is. */
    static Optional<Integer> number(String text) {
        return NUMBER.matcher(text).matches() ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }

    /** Says that a text is no partition number. */
    static Finding refuse(String text, String key, Position at) {
        return Finding.of(
                        FindingCode.CONFIG_VALUE,
                        at,
                        "'" + Words.shorten(key) + "': no partition has the number '" + Words.shorten(text) + "'")
                .allow("a whole number, at least 0");
    }

    private static Optional<Partitions> ofMapping(ConfigValue value, String key, Findings findings) {
        Findings own = new Findings();
        NavigableMap<String, NavigableSet<Integer>> byTopic = new TreeMap<>();
        if (value instanceof Mapping mapping && !mapping.entries().isEmpty()) {
            mapping.entries().forEach(topic -> byTopic.put(topic.key(), numbers(topic, key, own)));
        } else {
            own.add(told(value.at(), "'" + key + "' cannot be " + value.kind()));
        }
        findings.addAll(own);
        return own.hasErrors() ? Optional.empty() : Optional.of(new Partitions(byTopic));
    }

    private static NavigableSet<Integer> numbers(Mapping.Entry topic, String key, Findings findings) {
        if (!TopicName.isAllowed(topic.key())) {
            findings.add(
                    told(topic.keyAt(), "'" + key + "': no topic can be called '" + Words.shorten(topic.key()) + "'"));
        }
        String path = key + "." + topic.key();
        List<ConfigValue> items = topic.value() instanceof Sequence sequence ? sequence.items() : List.of();
        if (items.isEmpty()) {
            findings.add(told(
                    topic.value().at(),
                    "'" + Words.shorten(path) + "' cannot be "
                            + (topic.value() instanceof Sequence
                                    ? "an empty list"
                                    : topic.value().kind())));
        }
        NavigableSet<Integer> numbers = new TreeSet<>();
        for (ConfigValue item : items) {
            String text = item instanceof Scalar scalar ? scalar.text() : item.kind();
            number(text).ifPresentOrElse(numbers::add, () -> findings.add(refuse(text, path, item.at())));
        }
        return numbers;
    }

    private static Finding told(Position at, String message) {
        return Finding.of(FindingCode.CONFIG_VALUE, at, message).allow(MEANING);
    }
}
