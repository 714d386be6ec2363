package io.odibi.core.settings;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One declared key: its name, type, meaning, and what holds when it is left out.
 *
 * @param <T> the type of its value
 */
public final class Setting<T> {

    private final String name;
    private final List<String> aliases;
    private final ValueType<T> type;
    private final String meaning;
    private final boolean required;
    private final @Nullable T fallback;

    private Setting(
            String name,
            List<String> aliases,
            ValueType<T> type,
            String meaning,
            boolean required,
            @Nullable T fallback) {
        this.name = Objects.requireNonNull(name, "name");
        this.aliases = List.copyOf(aliases);
        this.type = Objects.requireNonNull(type, "type");
        this.meaning = Objects.requireNonNull(meaning, "meaning");
        this.required = required;
        this.fallback = fallback;
    }

    /**
     * Declares a key that may be left out.
     *
     * @param name the key as the user writes it, in {@code snake_case} unless the system itself spells it otherwise
     * @param type what its value is
     * @param meaning what it does, one sentence without a full stop, with units
     */
    public static <T> Setting<T> optional(String name, ValueType<T> type, String meaning) {
        return new Setting<>(name, List.of(), type, meaning, false, null);
    }

    /** Declares a key that has to be there. */
    public static <T> Setting<T> required(String name, ValueType<T> type, String meaning) {
        return new Setting<>(name, List.of(), type, meaning, true, null);
    }

    /** Declares a key with the value that holds when it is left out. */
    public static <T> Setting<T> withDefault(String name, ValueType<T> type, T fallback, String meaning) {
        return new Setting<>(name, List.of(), type, meaning, false, Objects.requireNonNull(fallback, "fallback"));
    }

    /** Returns this setting with other names that mean the same; two of them at once are a fault. */
    public Setting<T> alias(String... others) {
        return new Setting<>(name, List.of(others), type, meaning, required, fallback);
    }

    /** The key as the user writes it. */
    public String name() {
        return name;
    }

    /** Other names that mean the same. */
    public List<String> aliases() {
        return aliases;
    }

    /** What the value is. */
    public ValueType<T> type() {
        return type;
    }

    /** What the setting does. */
    public String meaning() {
        return meaning;
    }

    /** Whether the key has to be there. */
    public boolean isRequired() {
        return required;
    }

    /** What holds when the key is left out, if that is a value. */
    public Optional<T> fallback() {
        return Optional.ofNullable(fallback);
    }

    /** Whether {@code key} is this setting's name or one of its aliases. */
    public boolean answersTo(String key) {
        return name.equals(key) || aliases.contains(key);
    }

    @Override
    public String toString() {
        return name;
    }
}
