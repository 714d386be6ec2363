package io.odibi.core.text;

import java.util.function.Function;

/**
 * A value and where it was written.
 *
 * @param value the value
 * @param at where it was written
 * @param <T> the value's type
 */
public record Located<T>(T value, Position at) {

    /** Returns what {@code change} makes of the value, at the same place. */
    public <R> Located<R> map(Function<? super T, ? extends R> change) {
        return new Located<>(change.apply(value), at);
    }

    @Override
    public String toString() {
        return String.valueOf(value);
    }
}
