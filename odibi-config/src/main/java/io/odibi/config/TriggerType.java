package io.odibi.config;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.Trigger;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The ways to write a trigger. */
final class TriggerType {

    /** A stream cannot do better, and what is meant to be shorter is a slip such as {@code 10 microseconds}. */
    private static final Duration SHORTEST = Duration.ofMillis(100);

    private static final Duration LONGEST = Duration.ofDays(7);
    private static final String INTERVALS =
            "an interval of 0 or from 100 milliseconds to 7 days, such as " + Durations.FORMS;

    private static final Setting<Trigger> PROCESSING_TIME =
            Setting.optional("processing_time", interval(), "The interval between micro-batches");
    private static final Setting<Boolean> AVAILABLE_NOW = Setting.optional(
                    "available_now", ValueTypes.truth(), "Whether the stream takes all that is there and stops")
            .alias("availableNow");
    private static final Setting<Boolean> ONCE =
            Setting.optional("once", ValueTypes.truth(), "The same as 'available_now'");
    private static final SettingsDeclaration DECLARATION =
            SettingsDeclaration.of("When the next micro-batch is taken", PROCESSING_TIME, AVAILABLE_NOW, ONCE);

    private TriggerType() {}

    /** An interval alone. */
    static ValueType<Trigger> interval() {
        return Types.text(new TypeShape.Text(INTERVALS, Optional.empty()), TriggerType::interval);
    }

    /** A word, an interval, or the mapping form. */
    static ValueType<Trigger> any() {
        return ValueTypes.either(wordOrInterval(), ValueTypes.keys(DECLARATION, TriggerType::only));
    }

    private static ValueType<Trigger> wordOrInterval() {
        TypeShape shape = new TypeShape.Text("once, availableNow, or " + INTERVALS, Optional.empty());
        return Types.of(shape, (value, key, findings) -> readWord(value, key, shape, findings));
    }

    private static Optional<Trigger> readWord(ConfigValue value, String key, TypeShape shape, Findings findings) {
        if (!(value instanceof Scalar scalar) || scalar.isNothing()) {
            return ValueTypes.refuse(value, key, shape, findings);
        }
        String word =
                scalar.text().strip().toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
        if (word.equals("once") || word.equals("availablenow")) {
            return Optional.of(new Trigger.AvailableNow());
        }
        Optional<Trigger> interval = interval(scalar);
        if (interval.isEmpty()) {
            Finding finding = Finding.of(
                            FindingCode.CONFIG_VALUE, value.at(), "'" + key + "' cannot be '" + scalar.text() + "'")
                    .allow(shape.words());
            findings.add(
                    word.startsWith("continuous")
                            ? finding.fix("use a short interval: streams are processed in micro-batches")
                            : finding.suggest(scalar.text(), List.of("once", "availableNow")));
        }
        return interval;
    }

    private static Optional<Trigger> interval(Scalar scalar) {
        return Durations.parse(scalar.text())
                .filter(interval ->
                        interval.isZero() || (interval.compareTo(SHORTEST) >= 0 && interval.compareTo(LONGEST) <= 0))
                .map(Trigger.ProcessingTime::new);
    }

    private static Optional<Trigger> only(Settings settings, Findings findings) {
        List<Trigger> triggers = new ArrayList<>();
        settings.find(PROCESSING_TIME).ifPresent(triggers::add);
        for (Setting<Boolean> now : List.of(AVAILABLE_NOW, ONCE)) {
            settings.find(now).filter(yes -> yes).ifPresent(yes -> triggers.add(new Trigger.AvailableNow()));
        }
        if (triggers.size() != 1) {
            findings.add(Finding.of(
                            FindingCode.CONFIG_CONFLICT,
                            settings.at(),
                            triggers.isEmpty() ? "the trigger says nothing" : "the trigger says two things")
                    .fix("keep one of 'processing_time', 'available_now', 'once'"));
            return Optional.empty();
        }
        return Optional.of(triggers.get(0));
    }
}
