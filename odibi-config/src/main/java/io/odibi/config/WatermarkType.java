package io.odibi.config;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.WatermarkSpec;
import io.odibi.core.settings.Durations;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.TypeShape;
import io.odibi.core.settings.ValueType;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.ConfigValue;
import io.odibi.core.text.ConfigValue.Scalar;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The ways to write watermarks. */
final class WatermarkType {

    private static final Pattern CALENDAR = Pattern.compile("\\d\\s*(months?|years?|y)\\b");
    private static final String DELAYS = "a duration of at least 0, such as " + Durations.FORMS;

    private static final Setting<String> COLUMN =
            Setting.required("column", ValueTypes.text("a column"), "The event-time column, a timestamp");
    private static final Setting<Duration> DELAY =
            Setting.required("delay", delay(), "How long the stream waits for rows that come late");
    private static final Setting<String> INPUT = Setting.optional(
            "input",
            ValueTypes.text("an input's name"),
            "The named input that it is for; the node's own read if absent");
    private static final SettingsDeclaration DECLARATION =
            SettingsDeclaration.of("How long a stream waits for late rows", COLUMN, DELAY, INPUT);

    private WatermarkType() {}

    /** One watermark, or a list of them. */
    static ValueType<List<WatermarkSpec>> any() {
        return ValueTypes.list(one());
    }

    private static ValueType<WatermarkSpec> one() {
        return ValueTypes.either(
                Types.of(
                        new TypeShape.Text("'column, delay'", Optional.of("^[^,]+,[^,]+$")),
                        (value, key, findings) -> fromText((Scalar) value, key, findings)),
                ValueTypes.keys(DECLARATION, WatermarkType::fromMapping));
    }

    private static ValueType<Duration> delay() {
        return Types.of(
                new TypeShape.Text(DELAYS, Optional.empty()),
                (value, key, findings) -> value instanceof Scalar scalar && !scalar.isNothing()
                        ? delay(scalar.text(), scalar, key, findings)
                        : ValueTypes.refuse(value, key, new TypeShape.Text(DELAYS, Optional.empty()), findings));
    }

    private static Optional<WatermarkSpec> fromText(Scalar scalar, String key, Findings findings) {
        String[] parts = scalar.text().split(",", -1);
        if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
            return ValueTypes.refuse(
                    scalar,
                    key,
                    new TypeShape.Text("'column, delay', such as 'event_time, 5 minutes'", Optional.empty()),
                    findings);
        }
        return delay(parts[1].strip(), scalar, key, findings)
                .map(delay -> new WatermarkSpec(Optional.empty(), parts[0].strip(), delay, scalar.at()));
    }

    private static Optional<WatermarkSpec> fromMapping(Settings settings, Findings findings) {
        return Optional.of(
                new WatermarkSpec(settings.find(INPUT), settings.get(COLUMN), settings.get(DELAY), settings.at()));
    }

    private static Optional<Duration> delay(String text, ConfigValue value, String key, Findings findings) {
        Optional<Duration> delay = Durations.parse(text);
        if (delay.isEmpty()) {
            Finding finding = Finding.of(
                            FindingCode.CONFIG_VALUE, value.at(), "the delay of '" + key + "' cannot be '" + text + "'")
                    .allow(DELAYS);
            findings.add(
                    CALENDAR.matcher(text.toLowerCase(Locale.ROOT)).find()
                            ? finding.why("months and years have no fixed length")
                                    .fix("say it in days, such as '30 days'")
                            : finding);
        }
        return delay;
    }
}
