package io.odibi.transforms;

import io.odibi.core.settings.Durations;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.ValueType;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.Located;
import java.time.Duration;
import java.util.Optional;

/**
 * How far the event times of joined rows may lie from each other. In a join of two streams it tells when a row can be forgotten.
 *
 * @param left the event time on the left
 * @param right the event time on the right
 * @param before how much earlier than the left one the right one may be
 * @param after how much later than the left one the right one may be
 */
record TimeRange(Located<String> left, Located<String> right, Duration before, Duration after) {

    private static final Duration LONGEST = Duration.ofDays(3660);
    private static final ValueType<Duration> DURATION = ValueTypes.duration(Duration.ZERO, LONGEST);
    private static final Setting<Located<String>> LEFT =
            Setting.required("left", Types.column(), "the event time of the current frame");
    private static final Setting<Located<String>> RIGHT =
            Setting.required("right", Types.column(), "the event time of the other input");
    private static final Setting<Duration> BEFORE = Setting.withDefault(
            "before", DURATION, Duration.ZERO, "how much earlier than the left time the right time may be");
    private static final Setting<Duration> AFTER = Setting.withDefault(
            "after", DURATION, Duration.ZERO, "how much later than the left time the right time may be");
    private static final SettingsDeclaration SETTINGS = SettingsDeclaration.of(
            "How far the event times of joined rows may lie from each other", LEFT, RIGHT, BEFORE, AFTER);

    static ValueType<TimeRange> type() {
        return ValueTypes.keys(SETTINGS, (settings, findings) -> Optional.of(read(settings)));
    }

    private static TimeRange read(Settings settings) {
        return new TimeRange(settings.get(LEFT), settings.get(RIGHT), settings.get(BEFORE), settings.get(AFTER));
    }

    /** What {@link #before} is in SQL. */
    String beforeWords() {
        return Durations.format(before);
    }

    /** What {@link #after} is in SQL. */
    String afterWords() {
        return Durations.format(after);
    }
}
