package io.odibi.core.finding;

import io.odibi.core.text.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * One fault in a user's files.
 *
 * @param code what kind of fault
 * @param at where
 * @param message what is wrong, one line, no full stop, user text in quotes
 * @param notes the reason and the mend, in the order shown
 */
public record Finding(FindingCode code, Position at, String message, List<Note> notes) implements Comparable<Finding> {

    private static final Comparator<Finding> ORDER =
            Comparator.comparing(Finding::at).thenComparing(Finding::code).thenComparing(Finding::message);

    /**
     * A line below the message.
     *
     * @param label what the line tells
     * @param text the line
     */
    public record Note(Label label, String text) {}

    /** What a note tells. */
    public enum Label {
        /** The path of keys down to the fault. */
        AT,
        /** What may stand there. */
        ALLOW,
        /** The reason. */
        WHY,
        /** A likely mend. */
        HINT,
        /** The mend. */
        FIX
    }

    public Finding {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(message, "message");
        notes = List.copyOf(notes);
    }

    /** Returns a finding without notes. */
    public static Finding of(FindingCode code, Position at, String message) {
        return new Finding(code, at, message, List.of());
    }

    /** Returns this finding with the path of keys down to the fault. */
    public Finding path(String keys) {
        return with(Label.AT, keys);
    }

    /** Returns this finding with what may stand there. */
    public Finding allow(String allowed) {
        return with(Label.ALLOW, allowed);
    }

    /** Returns this finding with its reason. */
    public Finding why(String reason) {
        return with(Label.WHY, reason);
    }

    /** Returns this finding with a likely mend. */
    public Finding hint(String mend) {
        return with(Label.HINT, mend);
    }

    /** Returns this finding with its mend. */
    public Finding fix(String mend) {
        return with(Label.FIX, mend);
    }

    /** Returns this finding with a hint that names the nearest of {@code known} words, where one is near. */
    public Finding suggest(String word, Iterable<String> known) {
        return Suggestion.nearest(word, known)
                .map(near -> hint("did you mean '" + near + "'?"))
                .orElse(this);
    }

    /** Whether this finding keeps a run from starting. */
    public boolean isError() {
        return code.severity() == Severity.ERROR;
    }

    @Override
    public int compareTo(Finding other) {
        return ORDER.compare(this, other);
    }

    private Finding with(Label label, String text) {
        List<Note> longer = new ArrayList<>(notes);
        longer.add(new Note(label, text));
        return new Finding(code, at, message, longer);
    }
}
