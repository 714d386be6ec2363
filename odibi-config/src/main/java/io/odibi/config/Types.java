package io.odibi.config;

import io.odibi.core.finding.Findings;
import io.odibi.core.settings.TypeShape;
import io.odibi.core.settings.ValueType;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.ConfigValue;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.Located;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The types that only the language itself needs. */
final class Types {

    private static final String NAME_PATTERN = "^[A-Za-z_][A-Za-z0-9_]{0,127}$";
    private static final Pattern NAME = Pattern.compile(NAME_PATTERN);

    private Types() {}

    /**
     * A name of a pipeline, node, connection or input: it becomes a view in SQL and a folder under the checkpoints, so neither dots nor
     * slashes may be in it.
     */
    static ValueType<Located<String>> name() {
        TypeShape shape = new TypeShape.Text(
                "a name of letters, digits and '_', at most 128, that does not start with a digit",
                Optional.of(NAME_PATTERN));
        return located(ValueTypes.parsed(shape, text -> Optional.of(text).filter(Types::isName)));
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** What {@code type} reads, with its place. */
    static <T> ValueType<Located<T>> located(ValueType<T> type) {
        return of(
                type.shape(),
                (value, key, findings) -> type.read(value, key, findings).map(read -> new Located<>(read, value.at())));
    }

    /** A list that may be empty; one item alone may stand without the list. */
    static <T> ValueType<List<T>> items(ValueType<T> item) {
        return of(new TypeShape.ListOf(item.shape()), (value, key, findings) -> {
            List<T> read = new ArrayList<>();
            List<ConfigValue> items = itemsOf(value);
            items.forEach(one -> item.read(one, key, findings).ifPresent(read::add));
            return read.size() == items.size() ? Optional.of(List.copyOf(read)) : Optional.empty();
        });
    }

    /** The items of a list, or a value alone as the only one. */
    static List<ConfigValue> itemsOf(ConfigValue value) {
        return value.<List<ConfigValue>>fold(List::of, sequence -> sequence.items(), List::of);
    }

    /** Anything but nothing, as it was written: a part that a decoder of its own reads. */
    static ValueType<ConfigValue> part(TypeShape shape) {
        return of(
                shape,
                (value, key, findings) ->
                        isNothing(value) ? ValueTypes.refuse(value, key, shape, findings) : Optional.of(value));
    }

    /** A mapping as it was written; nothing is an empty one, so that all its lines may be commented out. */
    static ValueType<Mapping> mapping(TypeShape shape) {
        return of(shape, (value, key, findings) -> {
            if (isNothing(value)) {
                return Optional.of(Mapping.empty(value.at()));
            }
            return value instanceof Mapping mapping
                    ? Optional.of(mapping)
                    : ValueTypes.refuse(value, key, shape, findings);
        });
    }

    /** Text read by a function that may say more than that it is wrong; mappings and lists are refused. */
    static <T> ValueType<T> text(TypeShape shape, Function<Scalar, Optional<T>> parse) {
        return of(shape, (value, key, findings) -> {
            Optional<T> read =
                    value instanceof Scalar scalar && !scalar.isNothing() ? parse.apply(scalar) : Optional.empty();
            return read.isPresent() ? read : ValueTypes.refuse(value, key, shape, findings);
        });
    }

    /** Returns a type that reads by {@code reader}. */
    static <T> ValueType<T> of(TypeShape shape, Reader<T> reader) {
        return new ValueType<>() {
            @Override
            public Optional<T> read(ConfigValue value, String key, Findings findings) {
                return reader.read(value, key, findings);
            }

            @Override
            public TypeShape shape() {
                return shape;
            }
        };
    }

    static boolean isNothing(ConfigValue value) {
        return value instanceof Scalar scalar && scalar.isNothing();
    }

    /** The reading half of a type. */
    @FunctionalInterface
    interface Reader<T> {
        Optional<T> read(ConfigValue value, String key, Findings findings);
    }
}
