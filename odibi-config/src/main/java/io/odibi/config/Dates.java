package io.odibi.config;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.temporal.TemporalUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The dates of {@code ${date:...}}: a word or an offset in days, weeks, months or years, and how to write it ({@code strftime}). */
final class Dates {

    static final String FORMS =
            "now, today, yesterday, start_of_month, end_of_month, start_of_year, -7d, +1m (d, w, m, y), and"
                    + " with a form: today:%Y%m%d";

    private static final Pattern OFFSET = Pattern.compile("([+-]?\\d{1,6})([dwmy])");
    private static final Pattern DIRECTIVE = Pattern.compile("%(.?)");
    private static final Map<String, TemporalUnit> UNITS =
            Map.of("d", ChronoUnit.DAYS, "w", ChronoUnit.WEEKS, "m", ChronoUnit.MONTHS, "y", ChronoUnit.YEARS);
    private static final Map<String, String> LETTERS = Map.ofEntries(
            Map.entry("Y", "yyyy"),
            Map.entry("y", "yy"),
            Map.entry("m", "MM"),
            Map.entry("d", "dd"),
            Map.entry("H", "HH"),
            Map.entry("I", "hh"),
            Map.entry("M", "mm"),
            Map.entry("S", "ss"),
            Map.entry("f", "SSSSSS"),
            Map.entry("p", "a"),
            Map.entry("j", "DDD"),
            Map.entry("B", "MMMM"),
            Map.entry("b", "MMM"),
            Map.entry("A", "EEEE"),
            Map.entry("a", "EEE"),
            Map.entry("F", "yyyy-MM-dd"),
            Map.entry("T", "HH:mm:ss"));

    private final Clock clock;

    Dates(Clock clock) {
        this.clock = clock;
    }

    /** Returns the date that an expression, with or without a form, stands for. */
    Optional<String> format(String expression) {
        int colon = expression.indexOf(':');
        String word = colon < 0 ? expression : expression.substring(0, colon);
        String form = colon >= 0 ? expression.substring(colon + 1) : word.equals("now") ? "%FT%T" : "%F";
        try {
            return date(word)
                    .filter(date -> date.getYear() >= 1 && date.getYear() <= 9999)
                    .flatMap(date -> write(date, form));
        } catch (DateTimeException | ArithmeticException tooFar) {
            return Optional.empty();
        }
    }

    private Optional<LocalDateTime> date(String word) {
        LocalDateTime now = LocalDateTime.now(clock);
        LocalDateTime today = now.truncatedTo(ChronoUnit.DAYS);
        Matcher offset = OFFSET.matcher(word);
        if (offset.matches()) {
            return Optional.of(today.plus(Long.parseLong(offset.group(1)), UNITS.get(offset.group(2))));
        }
        return switch (word) {
            case "now" -> Optional.of(now);
            case "today" -> Optional.of(today);
            case "yesterday" -> Optional.of(today.minusDays(1));
            case "start_of_month" -> Optional.of(today.with(TemporalAdjusters.firstDayOfMonth()));
            case "end_of_month" -> Optional.of(today.with(TemporalAdjusters.lastDayOfMonth()));
            case "start_of_year" -> Optional.of(today.with(TemporalAdjusters.firstDayOfYear()));
            default -> Optional.empty();
        };
    }

    private static Optional<String> write(LocalDateTime date, String form) {
        StringBuilder text = new StringBuilder();
        Matcher directive = DIRECTIVE.matcher(form);
        while (directive.find()) {
            String letter = directive.group(1);
            String letters = LETTERS.get(letter);
            if (letters == null && !letter.equals("%")) {
                return Optional.empty();
            }
            String written = letters == null
                    ? "%"
                    : DateTimeFormatter.ofPattern(letters, Locale.ENGLISH).format(date);
            directive.appendReplacement(text, Matcher.quoteReplacement(written));
        }
        return Optional.of(directive.appendTail(text).toString());
    }
}
