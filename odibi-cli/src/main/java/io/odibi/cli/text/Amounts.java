package io.odibi.cli.text;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/** Numbers and durations in words for a person. */
public final class Amounts {

    private Amounts() {}

    /** {@code 1,200}. */
    public static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1,200}, or {@code -} where nobody knows. */
    public static String number(OptionalLong number) {
        return number.isPresent() ? number(number.getAsLong()) : "-";
    }

    /** {@code 1 row}, {@code 1,200 rows}. */
    public static String count(long number, String thing) {
        return number(number) + " " + thing + (number == 1 ? "" : "s");
    }

    /** {@code 310 ms}, {@code 1.2 s}, {@code 45 s}, {@code 3 min 20 s}, {@code 2 h 5 min}. */
    public static String time(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 10_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? parts(seconds / 60, "min", seconds % 60, "s")
                : parts(seconds / 3600, "h", seconds % 3600 / 60, "min");
    }

    /** {@code 310 B}, {@code 1.2 KB}, {@code 45.0 MB}, by thousands. */
    public static String bytes(long bytes) {
        String[] units = {"KB", "MB", "GB", "TB"};
        double amount = bytes;
        String unit = "B";
        for (int i = 0; i < units.length && amount >= 1_000; i++) {
            amount /= 1_000;
            unit = units[i];
        }
        return unit.equals("B") ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", amount, unit);
    }

    private static String parts(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }
}
