package io.odibi.config;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.RestartPolicy;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.TypeShape;
import io.odibi.core.settings.ValueType;
import io.odibi.core.settings.ValueTypes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The ways to write when a failed stream is started again. */
final class RestartType {

    private static final RestartPolicy BY_DEFAULT = RestartPolicy.byDefault();

    private static final Setting<Long> MAX_ATTEMPTS = Setting.withDefault(
            "max_attempts",
            ValueTypes.whole(0, 1000),
            (long) BY_DEFAULT.maxAttempts(),
            "Starts after a failure within 'window' at most; 0 for never");
    private static final Setting<Duration> WINDOW = Setting.withDefault(
            "window",
            ValueTypes.duration(Duration.ofSeconds(1), Duration.ofDays(30)),
            BY_DEFAULT.window(),
            "The time over which attempts are counted");
    private static final Setting<Duration> BACKOFF = Setting.withDefault(
            "backoff",
            ValueTypes.duration(Duration.ofMillis(100), Duration.ofHours(1)),
            BY_DEFAULT.backoff(),
            "The wait before the first attempt; each failure without a committed micro-batch in between doubles it");
    private static final Setting<Duration> MAX_BACKOFF = Setting.withDefault(
            "max_backoff",
            ValueTypes.duration(Duration.ofMillis(100), Duration.ofHours(24)),
            BY_DEFAULT.maxBackoff(),
            "The longest wait");
    private static final SettingsDeclaration DECLARATION =
            SettingsDeclaration.of("When a failed stream is started again", MAX_ATTEMPTS, WINDOW, BACKOFF, MAX_BACKOFF);

    private RestartType() {}

    static ValueType<RestartPolicy> any() {
        return ValueTypes.either(never(), ValueTypes.keys(DECLARATION, RestartType::fromMapping));
    }

    private static ValueType<RestartPolicy> never() {
        return ValueTypes.parsed(
                new TypeShape.Choice(List.of("never")),
                word -> word.strip().equals("never") ? Optional.of(RestartPolicy.never()) : Optional.empty());
    }

    private static Optional<RestartPolicy> fromMapping(Settings settings, Findings findings) {
        Duration backoff = settings.get(BACKOFF);
        Optional<Duration> written = settings.find(MAX_BACKOFF);
        if (written.filter(longest -> longest.compareTo(backoff) < 0).isPresent()) {
            findings.add(Finding.of(
                            FindingCode.CONFIG_CONFLICT,
                            settings.at(MAX_BACKOFF),
                            "'max_backoff' is shorter than 'backoff'")
                    .fix("make it as long at least"));
            return Optional.empty();
        }
        Duration longest = settings.get(MAX_BACKOFF);
        return Optional.of(new RestartPolicy(
                settings.get(MAX_ATTEMPTS).intValue(),
                settings.get(WINDOW),
                backoff,
                longest.compareTo(backoff) < 0 ? backoff : longest));
    }
}
