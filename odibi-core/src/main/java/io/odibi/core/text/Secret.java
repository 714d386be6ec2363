package io.odibi.core.text;

import java.util.Objects;

/** A text that never prints: its {@code toString} is a mask, and only {@link #reveal()} gives the text. */
public final class Secret {

    /** What stands in the place of every secret. */
    public static final String MASK = "******";

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /** Wraps {@code text}. */
    public static Secret of(String text) {
        return new Secret(Objects.requireNonNull(text, "text"));
    }

    /** Returns the text; for handing to the system that asks for it, never for showing. */
    public String reveal() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return MASK;
    }
}
