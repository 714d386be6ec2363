package io.odibi.core.describe;

/**
 * How often a row of the input stands in the output after failures and restarts.
 *
 * @param guarantee the promise
 * @param reason what it rests on, one clause: {@code Delta records the query and batch of each commit}
 */
public record Delivery(Guarantee guarantee, String reason) {

    /** The promise. */
    public enum Guarantee {
        /** Once. */
        EXACTLY_ONCE("exactly once"),
        /** Once or more. */
        AT_LEAST_ONCE("at least once");

        private final String words;

        Guarantee(String words) {
            this.words = words;
        }

        /** The promise in words. */
        public String words() {
            return words;
        }
    }
}
