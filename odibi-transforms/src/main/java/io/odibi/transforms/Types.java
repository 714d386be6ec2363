package io.odibi.transforms;

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

/** The types of settings that several transforms share: names with their places, and mappings that keep the places of their keys. */
final class Types {

    private Types() {}

    /** A column of the current frame. */
    static ValueType<Located<String>> column() {
        return name("a column");
    }

    /** A name with its place. */
    static ValueType<Located<String>> name(String meaning) {
        ValueType<Scalar> source = ValueTypes.source(meaning);
        return new ValueType<>() {
            @Override
            public Optional<Located<String>> read(ConfigValue value, String key, Findings findings) {
                return source.read(value, key, findings).map(text -> new Located<>(text.text(), text.at()));
            }

            @Override
            public TypeShape shape() {
                return source.shape();
            }
        };
    }

    /** An expression of SQL over the columns of the current frame. */
    static ValueType<Scalar> expression() {
        return ValueTypes.source("a SQL expression");
    }

    /** A value of a column: text in quotes may be empty. */
    static ValueType<Scalar> literal() {
        return new ValueType<>() {
            @Override
            public Optional<Scalar> read(ConfigValue value, String key, Findings findings) {
                Optional<Scalar> read = value.fold(
                        scalar -> scalar.isNothing() ? Optional.empty() : Optional.of(scalar),
                        sequence -> Optional.empty(),
                        mapping -> Optional.empty());
                return read.isPresent() ? read : ValueTypes.refuse(value, key, shape(), findings);
            }

            @Override
            public TypeShape shape() {
                return new TypeShape.Text("a value", Optional.empty());
            }
        };
    }

    /** A mapping with at least one key, in the order written. */
    static <T> ValueType<List<Keyed<T>>> keyed(ValueType<T> valueType) {
        return new ValueType<>() {
            @Override
            public Optional<List<Keyed<T>>> read(ConfigValue value, String key, Findings findings) {
                return value.fold(
                        scalar -> ValueTypes.refuse(scalar, key, shape(), findings),
                        sequence -> ValueTypes.refuse(sequence, key, shape(), findings),
                        mapping -> mapping.entries().isEmpty()
                                ? ValueTypes.refuse(mapping, key, shape(), findings)
                                : entries(mapping, key, findings));
            }

            private Optional<List<Keyed<T>>> entries(Mapping mapping, String key, Findings findings) {
                List<Keyed<T>> read = new ArrayList<>();
                for (Mapping.Entry entry : mapping.entries()) {
                    valueType
                            .read(entry.value(), key + "." + entry.key(), findings)
                            .ifPresent(one -> read.add(new Keyed<>(new Located<>(entry.key(), entry.keyAt()), one)));
                }
                return read.size() == mapping.entries().size() ? Optional.of(List.copyOf(read)) : Optional.empty();
            }

            @Override
            public TypeShape shape() {
                return new TypeShape.MapOf(valueType.shape());
            }
        };
    }
}
