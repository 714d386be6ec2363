package io.odibi.transforms;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
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
 * A window of event time to group by.
 *
 * @param column the event time
 * @param size how long a window is
 * @param slide how far apart windows start; empty where each starts when the last one ends
 */
record EventWindow(Located<String> column, Duration size, Optional<Duration> slide) {

    private static final ValueType<Duration> DURATION =
            ValueTypes.duration(Duration.ofMillis(1), Duration.ofDays(3660));
    private static final Setting<Located<String>> COLUMN = Setting.required("column", Types.column(), "the event time");
    private static final Setting<Duration> SIZE = Setting.required("size", DURATION, "how long a window is");
    private static final Setting<Duration> SLIDE = Setting.optional(
            "slide", DURATION, "how far apart windows start, at most their size; as far as the size if left out");
    private static final SettingsDeclaration SETTINGS =
            SettingsDeclaration.of("A window of event time to group by", COLUMN, SIZE, SLIDE);

    static ValueType<EventWindow> type() {
        return ValueTypes.keys(SETTINGS, EventWindow::read);
    }

    private static Optional<EventWindow> read(Settings settings, Findings findings) {
        Duration size = settings.get(SIZE);
        Optional<Duration> slide = settings.find(SLIDE);
        if (slide.isPresent() && slide.get().compareTo(size) > 0) {
            findings.add(Finding.of(
                            FindingCode.CONFIG_VALUE,
                            settings.at(SLIDE),
                            "'slide' cannot be " + Durations.format(slide.get()) + ", longer than a window")
                    .why("rows between two windows would be lost")
                    .allow("at most " + Durations.format(size)));
            return Optional.empty();
        }
        return Optional.of(new EventWindow(settings.get(COLUMN), size, slide));
    }
}
