package io.odibi.core.settings;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads and writes durations: Spark's words ({@code 10 seconds}, {@code 1 hour 30 minutes}), short forms ({@code 10s}, {@code 5m})
 * and ISO 8601 ({@code PT10S}). Spark's own parser refuses some of these and takes {@code 10 microseconds} for a busy loop.
 */
public final class Durations {

    /** What a person is told about the forms. */
    public static final String FORMS = "'10 seconds', '1 hour 30 minutes', '10s', '5m', 'PT10S'";

    /** No duration needs more, and the search for its parts takes the square of its length. */
    private static final int LONGEST = 100;

    private static final Pattern PART = Pattern.compile("\\s*(\\d+(?:\\.\\d+)?)\\s*([a-z]+)");
    private static final Map<String, Duration> UNITS = Map.ofEntries(
            Map.entry("ms", Duration.ofMillis(1)),
            Map.entry("millisecond", Duration.ofMillis(1)),
            Map.entry("s", Duration.ofSeconds(1)),
            Map.entry("sec", Duration.ofSeconds(1)),
            Map.entry("second", Duration.ofSeconds(1)),
            Map.entry("m", Duration.ofMinutes(1)),
            Map.entry("min", Duration.ofMinutes(1)),
            Map.entry("minute", Duration.ofMinutes(1)),
            Map.entry("h", Duration.ofHours(1)),
            Map.entry("hour", Duration.ofHours(1)),
            Map.entry("d", Duration.ofDays(1)),
            Map.entry("day", Duration.ofDays(1)),
            Map.entry("w", Duration.ofDays(7)),
            Map.entry("week", Duration.ofDays(7)));
    private static final List<Map.Entry<String, Duration>> SHOWN = List.of(
            Map.entry("day", Duration.ofDays(1)),
            Map.entry("hour", Duration.ofHours(1)),
            Map.entry("minute", Duration.ofMinutes(1)),
            Map.entry("second", Duration.ofSeconds(1)),
            Map.entry("millisecond", Duration.ofMillis(1)));

    private Durations() {}

    /** Returns the duration that {@code text} says in one of the {@linkplain #FORMS forms}, exact to the millisecond. */
    public static Optional<Duration> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        String words = text.strip().toLowerCase(Locale.ROOT);
        return words.startsWith("p") ? parseIso(words) : parseWords(words.replaceFirst("^interval\\s+", ""));
    }

    /** Returns {@code duration} in words that {@link #parse} reads: {@code 1 hour 30 minutes}. */
    public static String format(Duration duration) {
        StringBuilder words = new StringBuilder();
        long left = duration.toMillis();
        for (Map.Entry<String, Duration> unit : SHOWN) {
            long count = left / unit.getValue().toMillis();
            left %= unit.getValue().toMillis();
            if (count > 0) {
                words.append(words.isEmpty() ? "" : " ")
                        .append(count)
                        .append(' ')
                        .append(unit.getKey())
                        .append(count == 1 ? "" : "s");
            }
        }
        return words.isEmpty() ? "0 seconds" : words.toString();
    }

    private static Optional<Duration> parseIso(String words) {
        try {
            Duration duration = Duration.parse(words);
            return isWhole(duration) ? Optional.of(duration) : Optional.empty();
        } catch (DateTimeParseException | ArithmeticException notIso) {
            return Optional.empty();
        }
    }

    private static boolean isWhole(Duration duration) {
        return !duration.isNegative() && duration.equals(Duration.ofMillis(duration.toMillis()));
    }

    private static Optional<Duration> parseWords(String words) {
        Matcher part = PART.matcher(words);
        BigDecimal millis = BigDecimal.ZERO;
        int end = 0;
        while (part.find() && part.start() == end) {
            Duration unit = UNITS.get(singular(part.group(2)));
            if (unit == null) {
                return Optional.empty();
            }
            millis = millis.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit.toMillis())));
            end = part.end();
        }
        if (end == 0 || end != words.length()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Duration.ofMillis(
                    millis.setScale(0, RoundingMode.UNNECESSARY).longValueExact()));
        } catch (ArithmeticException notWhole) {
            return Optional.empty();
        }
    }

    private static String singular(String unit) {
        return unit.length() > 2 && unit.endsWith("s") ? unit.substring(0, unit.length() - 1) : unit;
    }
}
