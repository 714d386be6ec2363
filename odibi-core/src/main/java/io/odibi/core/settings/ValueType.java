package io.odibi.core.settings;

import io.odibi.core.finding.Findings;
import io.odibi.core.text.ConfigValue;
import java.util.Optional;

/**
 * The type of a setting: reads a value as it was written, or says what is wrong with it.
 *
 * @param <T> what is read
 */
public interface ValueType<T> {

    /**
     * Reads a value. Pure: no files, no network, no clock.
     *
     * @param value what was written
     * @param key the setting's name, for messages
     * @param findings takes what is wrong
     * @return what was read; empty exactly when a finding was added
     */
    Optional<T> read(ConfigValue value, String key, Findings findings);

    /** Returns what values this type takes. */
    TypeShape shape();
}
