package io.odibi.core.settings;

import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.Located;
import io.odibi.core.text.Position;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values that a {@link SettingsDeclaration} read from one mapping. Immutable. */
public final class Settings {

    private final Position at;
    private final Map<Setting<?>, Located<?>> values;
    private final Map<String, Scalar> passed;
    private final List<Scalar> texts;

    Settings(Position at, Map<Setting<?>, Located<?>> values, Map<String, Scalar> passed, List<Scalar> texts) {
        this.at = at;
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        this.passed = Collections.unmodifiableMap(new LinkedHashMap<>(passed));
        this.texts = List.copyOf(texts);
    }

    /** Where the mapping starts. */
    public Position at() {
        return at;
    }

    /**
     * Returns the value of a setting that is required or has a default.
     *
     * @throws IllegalArgumentException if the setting is neither; use {@link #find}
     */
    public <T> T get(Setting<T> setting) {
        return find(setting)
                .or(setting::fallback)
                .orElseThrow(() -> new IllegalArgumentException("setting '" + setting + "' may be absent: use find"));
    }

    /** Returns the value of a setting as it was written; empty if it was not, whatever the default. */
    public <T> Optional<T> find(Setting<T> setting) {
        return located(setting).map(Located::value);
    }

    /** Returns the value of a setting as it was written, with its place. */
    @SuppressWarnings("unchecked") // the declaration stored what the setting's own type read
    public <T> Optional<Located<T>> located(Setting<T> setting) {
        return Optional.ofNullable((Located<T>) values.get(setting));
    }

    /** Returns where a setting's value stands; where the mapping starts if it was left out. */
    public Position at(Setting<?> setting) {
        Located<?> value = values.get(setting);
        return value == null ? at : value.at();
    }

    /**
     * Every text in the values, in the order written and secrets left out; for those who know a text, such as that of a query, and
     * look for its place.
     */
    public List<Scalar> texts() {
        return texts;
    }

    /** The keys that were handed on as they are, in the order written. */
    public Map<String, Scalar> passedThrough() {
        return passed;
    }
}
