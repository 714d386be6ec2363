package io.odibi.core.settings;

import java.util.List;
import java.util.Optional;

/** What values a type takes, for documentation and for the JSON Schema of the language. */
public sealed interface TypeShape {

    /** Returns the type in a reader's words: {@code text}, {@code one of a, b}, {@code a list of text}. */
    String words();

    /**
     * Text.
     *
     * @param meaning what the text is: {@code text}, {@code a SQL query}, {@code a duration}
     * @param pattern a regular expression (ECMA 262) that it matches, if there is one
     */
    record Text(String meaning, Optional<String> pattern) implements TypeShape {
        @Override
        public String words() {
            return meaning;
        }
    }

    /**
     * A whole number.
     *
     * @param min the least allowed
     * @param max the greatest allowed
     */
    record Whole(long min, long max) implements TypeShape {
        @Override
        public String words() {
            if (max == Long.MAX_VALUE) {
                return min == Long.MIN_VALUE ? "a whole number" : "a whole number, at least " + min;
            }
            return "a whole number from " + min + " to " + max;
        }
    }

    /**
     * A decimal number.
     *
     * @param min the least allowed
     * @param max the greatest allowed
     */
    record Decimal(double min, double max) implements TypeShape {
        @Override
        public String words() {
            return max == Double.MAX_VALUE ? "a number, at least " + min : "a number from " + min + " to " + max;
        }
    }

    /** {@code true} or {@code false}. */
    record Truth() implements TypeShape {
        @Override
        public String words() {
            return "true or false";
        }
    }

    /**
     * One of a few words.
     *
     * @param choices the words
     */
    record Choice(List<String> choices) implements TypeShape {
        public Choice {
            choices = List.copyOf(choices);
        }

        @Override
        public String words() {
            return "one of " + String.join(", ", choices);
        }
    }

    /**
     * A list.
     *
     * @param item what its items are
     */
    record ListOf(TypeShape item) implements TypeShape {
        @Override
        public String words() {
            return "a list of " + item.words();
        }
    }

    /**
     * A mapping with keys that the user chooses.
     *
     * @param value what its values are
     */
    record MapOf(TypeShape value) implements TypeShape {
        @Override
        public String words() {
            return value instanceof Anything ? "a mapping of keys to values" : "a mapping to " + value.words();
        }
    }

    /**
     * A mapping with declared keys.
     *
     * @param declaration the keys
     */
    record Keys(SettingsDeclaration declaration) implements TypeShape {
        @Override
        public String words() {
            return "a mapping with " + String.join(", ", declaration.names());
        }
    }

    /**
     * One of several.
     *
     * @param shapes the alternatives
     */
    record AnyOf(List<TypeShape> shapes) implements TypeShape {
        public AnyOf {
            shapes = List.copyOf(shapes);
        }

        @Override
        public String words() {
            return String.join(", or ", shapes.stream().map(TypeShape::words).toList());
        }
    }

    /** Anything. */
    record Anything() implements TypeShape {
        @Override
        public String words() {
            return "anything";
        }
    }
}
