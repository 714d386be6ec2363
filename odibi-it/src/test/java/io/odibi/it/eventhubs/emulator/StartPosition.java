package io.odibi.it.eventhubs.emulator;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a receiver begins, as its selector says: after, or at, an offset, a sequence number or a time.
 *
 * @param kind what is compared
 * @param isInclusive whether the value itself belongs to it
 * @param value what it is compared with
 */
record StartPosition(Kind kind, boolean isInclusive, String value) {

    private static final Pattern SELECTOR =
            Pattern.compile("\\s*amqp\\.annotation\\.x-opt-([a-z-]+)\\s*>(=?)\\s*'?([^']*)'?\\s*");
    private static final String END = "@latest";
    private static final String START = "-1";

    /** What a position is about. */
    enum Kind {
        OFFSET,
        SEQUENCE_NUMBER,
        ENQUEUED_TIME
    }

    /** Without a selector: the end, as the service has it. */
    static StartPosition end() {
        return new StartPosition(Kind.OFFSET, false, END);
    }

    /**
     * What a selector says.
     *
     * @throws Refusal if it says nothing that the service knows
     */
    static StartPosition parse(String selector) {
        Matcher matcher = SELECTOR.matcher(selector);
        if (!matcher.matches()) {
            throw Refusal.badSelector(selector);
        }
        try {
            Kind kind = Kind.valueOf(matcher.group(1).toUpperCase(Locale.ROOT).replace('-', '_'));
            StartPosition position = new StartPosition(kind, !matcher.group(2).isEmpty(), matcher.group(3));
            if (kind != Kind.OFFSET || !position.value.equals(END)) {
                position.number();
            }
            return position;
        } catch (IllegalArgumentException unknown) {
            throw Refusal.badSelector(selector);
        }
    }

    /**
     * The sequence number of the first event that belongs to it.
     *
     * @throws Refusal if it lies beyond the end
     */
    long sequenceNumber(List<StoredEvent> kept, PartitionState state) {
        long end = state.last() + 1;
        if (kind == Kind.OFFSET && value.equals(END)) {
            return end;
        }
        if (kind == Kind.OFFSET && value.equals(START)) {
            return 0;
        }
        return switch (kind) {
            case OFFSET -> {
                if (number() > state.lastOffset()) {
                    throw Refusal.beyondTheEnd("offset", value, state.lastOffset());
                }
                yield first(kept, event -> reaches(event.offset()), end);
            }
            case SEQUENCE_NUMBER -> {
                long first = isInclusive ? number() : number() + 1;
                if (first > end) {
                    throw Refusal.beyondTheEnd("sequence number", value, state.last());
                }
                yield first;
            }
            case ENQUEUED_TIME -> first(kept, event -> reaches(event.enqueued().toEpochMilli()), end);
        };
    }

    private boolean reaches(long actual) {
        return isInclusive ? actual >= number() : actual > number();
    }

    private long number() {
        return Long.parseLong(value);
    }

    private static long first(List<StoredEvent> kept, Predicate<StoredEvent> belongs, long end) {
        return kept.stream()
                .filter(belongs)
                .findFirst()
                .map(StoredEvent::sequenceNumber)
                .orElse(end);
    }
}
