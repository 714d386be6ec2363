package io.odibi.connector.eventhubs;

import io.odibi.core.settings.TypeShape;
import io.odibi.core.settings.ValueType;
import io.odibi.core.settings.ValueTypes;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A place in a partition: its start, its end, the event with a number, or the first event that was enqueued at a time or later. */
sealed interface StreamPosition {

    /** A sequence number of Event Hubs is a whole number of 64 bits that counts from 0. */
    Pattern NUMBER = Pattern.compile("\\d{1,18}");

    /** As the library reads it. */
    String json();

    /** Whether this place certainly lies before another; of a number and a time nobody knows without the service. */
    default boolean isBefore(StreamPosition other) {
        if (this instanceof Event event && other instanceof Event later) {
            return event.number() < later.number();
        }
        return this instanceof Time time
                && other instanceof Time later
                && time.at().isBefore(later.at());
    }

    /** One of a partition's two ends. */
    enum Edge implements StreamPosition {
        /** Where a partition starts. */
        EARLIEST("\"-1\"", true),
        /** Where a partition ends. */
        LATEST("\"@latest\"", false);

        private final String offset;
        private final boolean isInclusive;

        Edge(String offset, boolean isInclusive) {
            this.offset = offset;
            this.isInclusive = isInclusive;
        }

        @Override
        public String json() {
            return "{\"offset\":" + offset + ",\"seqNo\":-1,\"enqueuedTime\":null,\"isInclusive\":" + isInclusive + "}";
        }
    }

    /**
     * An event.
     *
     * @param number its sequence number
     */
    record Event(long number) implements StreamPosition {
        @Override
        public String json() {
            return "{\"offset\":null,\"seqNo\":" + number + ",\"enqueuedTime\":null,\"isInclusive\":true}";
        }
    }

    /**
     * A time.
     *
     * @param at when the service took the event
     */
    record Time(Instant at) implements StreamPosition {

        /** The only form of a time that the library's JSON reader takes. */
        private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern(
                        "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                .withZone(ZoneOffset.UTC);

        @Override
        public String json() {
            return "{\"offset\":null,\"seqNo\":-1,\"enqueuedTime\":\"" + MILLIS.format(at) + "\",\"isInclusive\":true}";
        }
    }

    /** The type of such a setting. */
    static ValueType<StreamPosition> type() {
        return ValueTypes.parsed(
                new TypeShape.Text(
                        "earliest, latest, a sequence number, or a time such as 2026-01-31T08:00:00Z",
                        Optional.empty()),
                StreamPosition::parse);
    }

    private static Optional<StreamPosition> parse(String text) {
        return switch (text) {
            case "earliest" -> Optional.of(Edge.EARLIEST);
            case "latest" -> Optional.of(Edge.LATEST);
            default -> NUMBER.matcher(text).matches() ? Optional.of(new Event(Long.parseLong(text))) : time(text);
        };
    }

    private static Optional<StreamPosition> time(String text) {
        try {
            return Optional.of(new Time(OffsetDateTime.parse(text).toInstant()));
        } catch (DateTimeParseException noTime) {
            return Optional.empty();
        }
    }
}
