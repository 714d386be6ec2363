package io.odibi.core.text;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A value as it was written: text, list or mapping, each with its place. Text stays text until a declaration knows its type
 * ({@code 012} stays {@code 012}).
 */
public sealed interface ConfigValue {

    /** Where the value starts. */
    Position at();

    /** What the value is, in a reader's words: {@code text}, {@code a list}, {@code a mapping}, {@code nothing}. */
    String kind();

    /** Does one of three things, by what the value is. */
    <R> R fold(
            Function<? super Scalar, ? extends R> scalar,
            Function<? super Sequence, ? extends R> sequence,
            Function<? super Mapping, ? extends R> mapping);

    /**
     * Text.
     *
     * @param text the text, variables filled in
     * @param at where it starts (at its quote or block mark, if it has one)
     * @param style how it was written
     * @param origin where its characters stand, for faults inside the text
     */
    record Scalar(String text, Position at, Style style, TextOrigin origin) implements ConfigValue {

        /** How text was written. */
        public enum Style {
            /** Without quotes: may stand for a number, a boolean or nothing. */
            PLAIN,
            /** In quotes or as a block: always text. */
            QUOTED
        }

        /** Returns text that was never written, such as a default. */
        public static Scalar of(String text) {
            return new Scalar(text, Position.NONE, Style.QUOTED, TextOrigin.at(Position.NONE));
        }

        /** Whether this is an empty value: {@code key:}, {@code ~} or {@code null}. */
        public boolean isNothing() {
            return style == Style.PLAIN && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }

        @Override
        public String kind() {
            return isNothing() ? "nothing" : "text";
        }

        @Override
        public <R> R fold(
                Function<? super Scalar, ? extends R> scalar,
                Function<? super Sequence, ? extends R> sequence,
                Function<? super Mapping, ? extends R> mapping) {
            return scalar.apply(this);
        }
    }

    /**
     * A list.
     *
     * @param items in the order written
     * @param at where it starts
     */
    record Sequence(List<ConfigValue> items, Position at) implements ConfigValue {

        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }

        @Override
        public <R> R fold(
                Function<? super Scalar, ? extends R> scalar,
                Function<? super Sequence, ? extends R> sequence,
                Function<? super Mapping, ? extends R> mapping) {
            return sequence.apply(this);
        }
    }

    /**
     * A mapping without duplicate keys.
     *
     * @param entries in the order written
     * @param at where it starts
     */
    record Mapping(List<Entry> entries, Position at) implements ConfigValue {

        /**
         * One key with its value.
         *
         * @param key the key
         * @param keyAt where the key stands
         * @param value the value
         */
        public record Entry(String key, Position keyAt, ConfigValue value) {}

        public Mapping {
            entries = List.copyOf(entries);
        }

        /** Returns a mapping without entries at a place. */
        public static Mapping empty(Position at) {
            return new Mapping(List.of(), at);
        }

        /** Returns the entry of {@code key}. */
        public Optional<Entry> find(String key) {
            return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
        }

        @Override
        public String kind() {
            return "a mapping";
        }

        @Override
        public <R> R fold(
                Function<? super Scalar, ? extends R> scalar,
                Function<? super Sequence, ? extends R> sequence,
                Function<? super Mapping, ? extends R> mapping) {
            return mapping.apply(this);
        }
    }
}
