package io.odibi.testkit;

import io.odibi.core.text.ConfigValue;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.ConfigValue.Sequence;
import io.odibi.core.text.Position;
import io.odibi.core.text.TextOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes values as the loader would read them from YAML. The {@code n}th key of a mapping stands in line {@code n} of
 * {@value #FILE}, its value {@value #VALUE_COLUMN} columns in, so that tests can ask where a finding points.
 */
public final class ConfigValues {

    /** The file in which all values stand. */
    public static final String FILE = "test.yaml";

    /** The column at which values of a mapping stand. */
    public static final int VALUE_COLUMN = 20;

    private ConfigValues() {}

    /**
     * Returns a mapping.
     *
     * @param keysAndValues keys and values in turn: values are text, numbers, truth values, lists, maps or values made here
     * @throws IllegalArgumentException if a key is not text, or a value is missing or of another kind
     */
    public static Mapping mapping(Object... keysAndValues) {
        if (keysAndValues.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "a value is missing after key '" + keysAndValues[keysAndValues.length - 1] + "'");
        }
        List<Mapping.Entry> entries = new ArrayList<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            if (!(keysAndValues[i] instanceof String key)) {
                throw new IllegalArgumentException("a key is not text: " + keysAndValues[i]);
            }
            int line = i / 2 + 1;
            entries.add(new Mapping.Entry(
                    key,
                    new Position(FILE, line, 1),
                    value(keysAndValues[i + 1], new Position(FILE, line, VALUE_COLUMN))));
        }
        return new Mapping(entries, new Position(FILE, 1, 1));
    }

    /** Returns a mapping with one entry more, or with another value for a key that it has; other entries keep their places. */
    public static Mapping with(Mapping mapping, String key, Object value) {
        List<Mapping.Entry> entries = new ArrayList<>();
        boolean found = false;
        for (Mapping.Entry entry : mapping.entries()) {
            boolean same = entry.key().equals(key);
            found |= same;
            entries.add(
                    same
                            ? new Mapping.Entry(
                                    key,
                                    entry.keyAt(),
                                    value(value, entry.value().at()))
                            : entry);
        }
        if (!found) {
            int line = entries.size() + 1;
            entries.add(new Mapping.Entry(
                    key, new Position(FILE, line, 1), value(value, new Position(FILE, line, VALUE_COLUMN))));
        }
        return new Mapping(entries, mapping.at());
    }

    /** Returns a mapping without a key. */
    public static Mapping without(Mapping mapping, String key) {
        return new Mapping(
                mapping.entries().stream()
                        .filter(entry -> !entry.key().equals(key))
                        .toList(),
                mapping.at());
    }

    /** Returns text as if it stood there without quotes: what it means, a declaration says. */
    public static Scalar plain(String text) {
        return scalar(text, Scalar.Style.PLAIN, new Position(FILE, 1, 1));
    }

    /** Returns text as if it stood there in quotes. */
    public static Scalar quoted(String text) {
        return scalar(text, Scalar.Style.QUOTED, new Position(FILE, 1, 1));
    }

    /** Returns a key without a value. */
    public static Scalar nothing() {
        return plain("");
    }

    /** Returns a list. */
    public static Sequence list(Object... items) {
        Position at = new Position(FILE, 1, 1);
        return new Sequence(Stream.of(items).map(item -> value(item, at)).toList(), at);
    }

    private static ConfigValue value(Object value, Position at) {
        if (value instanceof ConfigValue made) {
            return made.fold(
                    scalar -> scalar(scalar.text(), scalar.style(), at),
                    sequence -> new Sequence(sequence.items(), at),
                    mapping -> new Mapping(mapping.entries(), at));
        }
        if (value instanceof List<?> items) {
            return new Sequence(items.stream().map(item -> value(item, at)).toList(), at);
        }
        if (value instanceof Map<?, ?> map) {
            List<Mapping.Entry> entries = new ArrayList<>();
            map.forEach((key, one) -> entries.add(new Mapping.Entry(String.valueOf(key), at, value(one, at))));
            return new Mapping(entries, at);
        }
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return scalar(value.toString(), Scalar.Style.PLAIN, at);
        }
        throw new IllegalArgumentException("not a value of YAML: " + value);
    }

    private static Scalar scalar(String text, Scalar.Style style, Position at) {
        TextOrigin.Layout layout = text.contains("\n") ? TextOrigin.Layout.UNKNOWN : TextOrigin.Layout.LINE;
        return new Scalar(text, at, style, new TextOrigin(at, layout));
    }
}
