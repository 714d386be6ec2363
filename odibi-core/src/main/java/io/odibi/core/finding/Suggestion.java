package io.odibi.core.finding;

import java.util.Locale;
import java.util.Optional;

/** Finds the word that a mistyped one was meant to be. Used by findings, and by the command line for its own words. */
public final class Suggestion {

    private Suggestion() {}

    /** Returns the known word nearest to {@code word}, if it is near enough to be meant. */
    public static Optional<String> nearest(String word, Iterable<String> known) {
        String wanted = fold(word);
        int best = Math.max(1, wanted.length() / 3) + 1;
        String found = null;
        for (String candidate : known) {
            int distance = distance(wanted, fold(candidate));
            if (distance < best) {
                best = distance;
                found = candidate;
            }
        }
        return Optional.ofNullable(found);
    }

    private static String fold(String word) {
        return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    /** The optimal string alignment distance: insertions, deletions, changes and swaps of neighbours. */
    private static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[b.length()];
    }
}
