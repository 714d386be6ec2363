package io.odibi.core.settings;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.text.ConfigValue;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.Secret;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The types that settings have. */
public final class ValueTypes {

    private ValueTypes() {}

    /** Text of any content but none at all. */
    public static ValueType<String> text() {
        return text("text");
    }

    /** Text with a meaning: {@code a topic}, {@code a column}. */
    public static ValueType<String> text(String meaning) {
        return parsed(new TypeShape.Text(meaning, Optional.empty()), text -> Optional.of(text));
    }

    /** Text with its place, for texts that have faults of their own inside, such as SQL. */
    public static ValueType<Scalar> source(String meaning) {
        return scalar(new TypeShape.Text(meaning, Optional.empty()), Optional::of);
    }

    /** Text that is never shown. */
    public static ValueType<Secret> secret() {
        return parsed(new TypeShape.Text("a secret", Optional.empty()), text -> Optional.of(Secret.of(text)));
    }

    /** A whole number. */
    public static ValueType<Long> whole(long min, long max) {
        return parsed(new TypeShape.Whole(min, max), text -> {
            if (!text.matches("[+-]?\\d{1,19}")) {
                return Optional.empty();
            }
            BigInteger number = new BigInteger(text);
            return number.compareTo(BigInteger.valueOf(min)) < 0 || number.compareTo(BigInteger.valueOf(max)) > 0
                    ? Optional.empty()
                    : Optional.of(number.longValueExact());
        });
    }

    /** A decimal number. */
    public static ValueType<Double> decimal(double min, double max) {
        return parsed(new TypeShape.Decimal(min, max), text -> {
            if (!text.matches("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?")) {
                return Optional.empty();
            }
            double number = Double.parseDouble(text);
            return number < min || number > max ? Optional.empty() : Optional.of(number);
        });
    }

    /** {@code true} or {@code false}. */
    public static ValueType<Boolean> truth() {
        return parsed(new TypeShape.Truth(), text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    /** A duration of at least {@code min} and at most {@code max}, in one of the {@linkplain Durations#FORMS forms}. */
    public static ValueType<Duration> duration(Duration min, Duration max) {
        String meaning = "a duration from " + Durations.format(min) + " to " + Durations.format(max) + ", such as "
                + Durations.FORMS;
        return parsed(
                new TypeShape.Text(meaning, Optional.empty()),
                text -> Durations.parse(text).filter(read -> read.compareTo(min) >= 0 && read.compareTo(max) <= 0));
    }

    /** One of a few words; case and the difference between {@code -} and {@code _} do not count. */
    public static ValueType<String> choice(String... choices) {
        Map<String, String> byFolded = new LinkedHashMap<>();
        for (String choice : choices) {
            byFolded.put(fold(choice), choice);
        }
        return choice(List.of(choices), text -> Optional.ofNullable(byFolded.get(fold(text))));
    }

    /** One of the constants of an enum, written in lower case. */
    public static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
        Map<String, E> byWord = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            byWord.put(constant.name().toLowerCase(Locale.ROOT), constant);
        }
        return choice(List.copyOf(byWord.keySet()), text -> Optional.ofNullable(byWord.get(fold(text))));
    }

    /** A list of at least one item; one item alone may stand without the list. */
    public static <T> ValueType<List<T>> list(ValueType<T> item) {
        return new ValueType<>() {
            @Override
            public Optional<List<T>> read(ConfigValue value, String key, Findings findings) {
                List<ConfigValue> items = value.fold(List::of, sequence -> sequence.items(), List::of);
                if (items.isEmpty()) {
                    return refuse(value, key, shape(), findings);
                }
                List<T> read = new ArrayList<>();
                for (ConfigValue one : items) {
                    item.read(one, key, findings).ifPresent(read::add);
                }
                return read.size() == items.size() ? Optional.of(List.copyOf(read)) : Optional.empty();
            }

            @Override
            public TypeShape shape() {
                return new TypeShape.ListOf(item.shape());
            }
        };
    }

    /** A mapping with keys that the user chooses, in the order written. */
    public static <T> ValueType<Map<String, T>> map(ValueType<T> valueType) {
        return new ValueType<>() {
            @Override
            public Optional<Map<String, T>> read(ConfigValue value, String key, Findings findings) {
                return value.fold(
                        scalar -> refuse(scalar, key, shape(), findings),
                        sequence -> refuse(sequence, key, shape(), findings),
                        mapping -> readEntries(mapping, key, findings));
            }

            private Optional<Map<String, T>> readEntries(Mapping mapping, String key, Findings findings) {
                Map<String, T> read = new LinkedHashMap<>();
                for (Mapping.Entry entry : mapping.entries()) {
                    valueType
                            .read(entry.value(), key + "." + entry.key(), findings)
                            .ifPresent(one -> read.put(entry.key(), one));
                }
                return read.size() == mapping.entries().size() ? Optional.of(read) : Optional.empty();
            }

            @Override
            public TypeShape shape() {
                return new TypeShape.MapOf(valueType.shape());
            }
        };
    }

    /** A mapping with declared keys, made into a value of its own. */
    public static <T> ValueType<T> keys(
            SettingsDeclaration declaration, BiFunction<Settings, Findings, Optional<T>> make) {
        return new ValueType<>() {
            @Override
            public Optional<T> read(ConfigValue value, String key, Findings findings) {
                return value.fold(
                        scalar -> refuse(scalar, key, shape(), findings),
                        sequence -> refuse(sequence, key, shape(), findings),
                        mapping -> declaration
                                .read(mapping, findings)
                                .flatMap(settings -> make.apply(settings, findings)));
            }

            @Override
            public TypeShape shape() {
                return new TypeShape.Keys(declaration);
            }
        };
    }

    /** Text that a function reads; what it returns empty for is refused with the type's words. */
    public static <T> ValueType<T> parsed(TypeShape shape, Function<String, Optional<T>> parse) {
        return scalar(shape, scalar -> parse.apply(scalar.text()));
    }

    /** Two or three ways to write one thing: text, list or mapping, by what stands there. */
    public static <T> ValueType<T> either(ValueType<T> ofText, ValueType<T> ofMapping) {
        return new ValueType<>() {
            @Override
            public Optional<T> read(ConfigValue value, String key, Findings findings) {
                return value.fold(
                        scalar -> ofText.read(scalar, key, findings),
                        sequence -> refuse(sequence, key, shape(), findings),
                        mapping -> ofMapping.read(mapping, key, findings));
            }

            @Override
            public TypeShape shape() {
                return new TypeShape.AnyOf(List.of(ofText.shape(), ofMapping.shape()));
            }
        };
    }

    /** Adds the finding that {@code value} is not what {@code shape} takes. */
    public static <T> Optional<T> refuse(ConfigValue value, String key, TypeShape shape, Findings findings) {
        String shown = value.fold(
                scalar -> scalar.isNothing() ? "nothing" : "'" + shorten(scalar.text()) + "'",
                ConfigValue::kind,
                ConfigValue::kind);
        Finding finding = Finding.of(FindingCode.CONFIG_VALUE, value.at(), "'" + key + "' cannot be " + shown)
                .allow(shape.words());
        if (shape instanceof TypeShape.Choice choice && value instanceof Scalar scalar) {
            finding = finding.suggest(scalar.text(), choice.choices());
        }
        findings.add(finding);
        return Optional.empty();
    }

    private static <T> ValueType<T> choice(List<String> words, Function<String, Optional<T>> find) {
        return parsed(new TypeShape.Choice(words), find);
    }

    private static <T> ValueType<T> scalar(TypeShape shape, Function<Scalar, Optional<T>> parse) {
        return new ValueType<>() {
            @Override
            public Optional<T> read(ConfigValue value, String key, Findings findings) {
                Optional<T> read = value.fold(
                        scalar ->
                                scalar.isNothing() || scalar.text().isBlank() ? Optional.empty() : parse.apply(scalar),
                        sequence -> Optional.empty(),
                        mapping -> Optional.empty());
                return read.isPresent() ? read : refuse(value, key, shape, findings);
            }

            @Override
            public TypeShape shape() {
                return shape;
            }
        };
    }

    private static String fold(String word) {
        return word.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    private static String shorten(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() > 60 ? line.substring(0, 57) + "..." : line;
    }
}
