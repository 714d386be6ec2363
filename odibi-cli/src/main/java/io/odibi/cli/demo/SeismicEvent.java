package io.odibi.cli.demo;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * One line of the events file, and how it is told again as news.
 *
 * <p>A line is one flat JSON object without blanks around its colons and without a backslash. Then no string can hold a
 * quote, so {@code "name":"} occurs only where the field is, and text is enough to read and replace a field.
 */
record SeismicEvent(String json, String id, String eventType, String network, Duration delay) {
    /** A second of the original becomes a millisecond: reports came in minutes to days late, replays 0.1 s to 10 min. */
    private static final int TIME_SCALE = 1000;

    // As in the file: always with milliseconds, which Instant.toString leaves out when they are zero.
    private static final DateTimeFormatter TIMESTAMP =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter().withZone(ZoneOffset.UTC);

    /** Reads a line; {@link IllegalArgumentException} says what is wrong with it. */
    static SeismicEvent parse(String line) {
        if (!line.startsWith("{\"") || !line.endsWith("}") || line.indexOf('\\') >= 0) {
            throw new IllegalArgumentException("not a flat JSON object without a backslash");
        }
        try {
            Instant happened = Instant.parse(field(line, "event_time"));
            Instant reported = Instant.parse(field(line, "updated_time"));
            return new SeismicEvent(
                    line,
                    field(line, "id"),
                    field(line, "event_type"),
                    field(line, "network"),
                    Duration.between(happened, reported).dividedBy(TIME_SCALE));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("event_time and updated_time must be instants: " + e.getMessage(), e);
        }
    }

    /** The event as if it were reported now, in the given replay of the file; all other fields are as they were. */
    String replay(long round, Instant now) {
        String replayed = withField(json, "id", id + "-" + round);
        replayed = withField(replayed, "event_time", TIMESTAMP.format(now.minus(delay)));
        return withField(replayed, "updated_time", TIMESTAMP.format(now));
    }

    /** The value of a string field. */
    static String field(String json, String name) {
        int start = valueStart(json, name);
        return json.substring(start, valueEnd(json, start));
    }

    /** The same object with another value in a string field. */
    static String withField(String json, String name, String value) {
        int start = valueStart(json, name);
        return json.substring(0, start) + value + json.substring(valueEnd(json, start));
    }

    private static int valueStart(String json, String name) {
        String opening = "\"" + name + "\":\"";
        int start = json.indexOf(opening);
        if (start < 0) {
            throw new IllegalArgumentException("no string field '" + name + "'");
        }
        return start + opening.length();
    }

    private static int valueEnd(String json, int start) {
        int end = json.indexOf('"', start);
        if (end < 0) {
            throw new IllegalArgumentException("a string has no end");
        }
        return end;
    }
}
