package io.odibi.cli.text;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Writes one JSON value (RFC 8259), on one line or indented. Numbers that JSON has no word for become {@code null}. Not safe for
 * use by several threads.
 */
public final class Json {

    /** How a value is laid out. */
    public enum Layout {
        /** On one line. */
        LINE,
        /** Indented, for people who look at it. */
        INDENTED
    }

    private final StringBuilder text = new StringBuilder();
    private final Deque<Integer> counts = new ArrayDeque<>();
    private final Layout layout;

    private Json(Layout layout) {
        this.layout = layout;
    }

    /** Returns an object as text. */
    public static String object(Layout layout, Consumer<Json> members) {
        Json json = new Json(layout);
        json.nest('{', members, '}');
        return json.text.toString();
    }

    /** Adds a member that is text. */
    public Json put(String key, String value) {
        key(key);
        string(value);
        return this;
    }

    /** Adds a member that is text or {@code null}. */
    public Json put(String key, Optional<String> value) {
        key(key);
        value.ifPresentOrElse(this::string, () -> text.append("null"));
        return this;
    }

    /** Adds a member that is a whole number. */
    public Json put(String key, long value) {
        key(key);
        text.append(value);
        return this;
    }

    /** Adds a member that is a whole number or {@code null}. */
    public Json put(String key, OptionalLong value) {
        key(key);
        text.append(value.isPresent() ? Long.toString(value.getAsLong()) : "null");
        return this;
    }

    /** Adds a member that is a number or {@code null}. */
    public Json put(String key, OptionalDouble value) {
        key(key);
        boolean isNumber = value.isPresent() && Double.isFinite(value.getAsDouble());
        text.append(isNumber ? Double.toString(value.getAsDouble()) : "null");
        return this;
    }

    /** Adds a member that is {@code true} or {@code false}. */
    public Json truth(String key, boolean value) {
        key(key);
        text.append(value);
        return this;
    }

    /** Adds a member that is an object. */
    public Json object(String key, Consumer<Json> members) {
        key(key);
        nest('{', members, '}');
        return this;
    }

    /** Adds a member that is a list of objects. */
    public <T> Json objects(String key, Collection<? extends T> items, Member<? super T> members) {
        key(key);
        nest(
                '[',
                list -> items.forEach(item -> {
                    list.next();
                    list.nest('{', object -> members.write(object, item), '}');
                }),
                ']');
        return this;
    }

    /** Adds a member that is a list of texts. */
    public Json texts(String key, Collection<String> items) {
        key(key);
        nest(
                '[',
                list -> items.forEach(item -> {
                    list.next();
                    list.string(item);
                }),
                ']');
        return this;
    }

    /**
     * Writes the members of one item of a list.
     *
     * @param <T> the items
     */
    @FunctionalInterface
    public interface Member<T> {

        /** Writes what there is to write of an item. */
        void write(Json object, T item);
    }

    private void key(String key) {
        next();
        string(key);
        text.append(layout == Layout.LINE ? ":" : ": ");
    }

    private void next() {
        int count = counts.pop();
        counts.push(count + 1);
        if (count > 0) {
            text.append(',');
        }
        breakLine();
    }

    private void nest(char open, Consumer<Json> content, char close) {
        text.append(open);
        counts.push(0);
        content.accept(this);
        boolean isEmpty = counts.pop() == 0;
        if (!isEmpty) {
            breakLine();
        }
        text.append(close);
    }

    private void breakLine() {
        if (layout == Layout.INDENTED) {
            text.append('\n').append("  ".repeat(counts.size()));
        }
    }

    private void string(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            character(value.charAt(i), isLoneSurrogate(value, i));
        }
        text.append('"');
    }

    private void character(char character, boolean isLoneSurrogate) {
        switch (character) {
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> {
                // U+2028 and U+2029 end a line for JavaScript; what UTF-8 cannot carry must be escaped.
                boolean isEscaped = Character.isISOControl(character)
                        || character == '\u2028'
                        || character == '\u2029'
                        || isLoneSurrogate;
                if (isEscaped) {
                    text.append("\\u").append(String.format("%04x", (int) character));
                } else {
                    text.append(character);
                }
            }
        }
    }

    private static boolean isLoneSurrogate(String value, int at) {
        char character = value.charAt(at);
        if (Character.isHighSurrogate(character)) {
            return at + 1 == value.length() || !Character.isLowSurrogate(value.charAt(at + 1));
        }
        return Character.isLowSurrogate(character) && (at == 0 || !Character.isHighSurrogate(value.charAt(at - 1)));
    }
}
