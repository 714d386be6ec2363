package io.odibi.cli;

import io.odibi.core.finding.Suggestion;

/** The command line is wrong; the message is one line for a person. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }

    /** Says that a word is not known, and which one was meant. */
    static UsageException unknown(String what, String word, Iterable<String> known) {
        String meant = Suggestion.nearest(word, known)
                .map(near -> "; did you mean '" + near + "'?")
                .orElseGet(() -> "; there is " + String.join(", ", known));
        return new UsageException("no " + what + " '" + word + "'" + meant);
    }
}
