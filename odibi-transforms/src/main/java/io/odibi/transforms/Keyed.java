package io.odibi.transforms;

import io.odibi.core.text.Located;

/**
 * One entry of a mapping whose keys the user chooses.
 *
 * @param key the key with its place
 * @param value its value
 * @param <T> the type of its value
 */
record Keyed<T>(Located<String> key, T value) {}
