package io.odibi.config;

import static io.odibi.core.settings.ValueTypes.choice;
import static io.odibi.core.settings.ValueTypes.text;
import static io.odibi.core.settings.ValueTypes.truth;
import static io.odibi.core.settings.ValueTypes.whole;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.model.OutputMode;
import io.odibi.core.model.RestartPolicy;
import io.odibi.core.model.StreamingSpec;
import io.odibi.core.model.StreamingSpec.StateGrowth;
import io.odibi.core.model.Supervision;
import io.odibi.core.model.Trigger;
import io.odibi.core.model.WatermarkSpec;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.Located;
import io.odibi.core.text.Position;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code streaming:} of a node, and its older form under {@code write:}. */
final class StreamingKeys {

    private static final Setting<Boolean> ENABLED = Setting.withDefault(
            "enabled", truth(), true, "Whether the node runs as a stream; 'false' runs it in batch");
    private static final Setting<Trigger> TRIGGER = Setting.optional(
            "trigger",
            TriggerType.any(),
            "When the next micro-batch is taken: each time an interval has gone by, or 'availableNow' (also 'once') to take all that"
                    + " is there and stop");
    private static final Setting<Trigger> PROCESSING_TIME =
            Setting.optional("processing_time", TriggerType.interval(), "The same as an interval under 'trigger'");
    private static final Setting<OutputMode> OUTPUT_MODE = Setting.withDefault(
            "output_mode", choice(OutputMode.class), OutputMode.APPEND, "Which rows of the result are written");
    private static final Setting<String> CHECKPOINT_LOCATION = Setting.optional(
            "checkpoint_location",
            text("a path"),
            "Where the stream keeps its progress; relative paths start in the write connection; by default a stable place by pipeline"
                    + " and node");
    private static final Setting<List<WatermarkSpec>> WATERMARK = Setting.optional(
            "watermark",
            WatermarkType.any(),
            "The event-time column and how long the stream waits for late rows, such as 'event_time, 5 minutes'; a list for several"
                    + " inputs");
    private static final Setting<String> UNBOUNDED_STATE = Setting.optional(
            "unbounded_state", choice("accept"), "Takes state that grows for as long as the stream lives");
    private static final Setting<RestartPolicy> RESTART = Setting.optional(
            "restart",
            RestartType.any(),
            "When the stream is started again after a failure whose cause passes; 'never' leaves it down");
    private static final Setting<Long> UNHEALTHY_FACTOR = Setting.withDefault(
            "unhealthy_factor",
            whole(1, 1000),
            (long) Supervision.byDefault().unhealthyFactor(),
            "How many triggers, and a minute at least, may go by without a sign of the stream until it counts as unhealthy");

    static final SettingsDeclaration DECLARATION = SettingsDeclaration.of(
            "How the node runs as a stream",
            ENABLED,
            TRIGGER,
            PROCESSING_TIME,
            OUTPUT_MODE,
            CHECKPOINT_LOCATION,
            WATERMARK,
            UNBOUNDED_STATE,
            RESTART,
            UNHEALTHY_FACTOR);

    private static final Setting<String> OLD_CHECKPOINT_LOCATION =
            Setting.required("checkpoint_location", text("a path"), "Where the stream keeps its progress");

    /** The form of the Python Odibi. */
    static final SettingsDeclaration OLD_DECLARATION = SettingsDeclaration.of(
            "How a stream is written; better under the node's own 'streaming'",
            OUTPUT_MODE,
            OLD_CHECKPOINT_LOCATION,
            TRIGGER);

    private StreamingKeys() {}

    /** Reads a node's {@code streaming:} mapping; empty for a batch node. */
    static Optional<StreamingSpec> read(Mapping mapping, Scope scope) {
        Settings settings = scope.salvage(DECLARATION, mapping);
        Optional<Located<Trigger>> trigger = settings.located(TRIGGER);
        Optional<Located<Trigger>> interval = settings.located(PROCESSING_TIME);
        if (trigger.isPresent() && interval.isPresent()) {
            scope.report(Finding.of(
                            FindingCode.CONFIG_CONFLICT,
                            interval.get().at(),
                            "'trigger' and 'processing_time' both say when the stream runs")
                    .fix("keep 'trigger'"));
        }
        if (!settings.get(ENABLED)) {
            return Optional.empty();
        }
        return Optional.of(new StreamingSpec(
                trigger.or(() -> interval),
                settings.located(OUTPUT_MODE).orElse(new Located<>(OutputMode.APPEND, mapping.at())),
                settings.located(CHECKPOINT_LOCATION),
                watermarks(settings, scope),
                settings.find(UNBOUNDED_STATE).isPresent() ? StateGrowth.ACCEPTED : StateGrowth.BOUNDED,
                new Supervision(
                        settings.find(RESTART).orElseGet(RestartPolicy::byDefault),
                        settings.get(UNHEALTHY_FACTOR).intValue()),
                mapping.at()));
    }

    /** Reads {@code write: {streaming: ...}}. */
    static StreamingSpec readOld(Mapping mapping, Scope scope) {
        Settings settings = scope.salvage(OLD_DECLARATION, Legacy.STREAMING_WRITE.strip(mapping, scope));
        return new StreamingSpec(
                settings.located(TRIGGER),
                settings.located(OUTPUT_MODE).orElse(new Located<>(OutputMode.APPEND, mapping.at())),
                settings.located(OLD_CHECKPOINT_LOCATION),
                List.of(),
                StateGrowth.BOUNDED,
                Supervision.byDefault(),
                mapping.at());
    }

    /** A stream that says nothing of how it runs. */
    static StreamingSpec byDefault(Position at) {
        return new StreamingSpec(
                Optional.empty(),
                new Located<>(OutputMode.APPEND, at),
                Optional.empty(),
                List.of(),
                StateGrowth.BOUNDED,
                Supervision.byDefault(),
                at);
    }

    private static List<WatermarkSpec> watermarks(Settings settings, Scope scope) {
        List<WatermarkSpec> watermarks = settings.find(WATERMARK).orElse(List.of());
        Set<Optional<String>> inputs = new HashSet<>();
        for (WatermarkSpec watermark : watermarks) {
            if (!inputs.add(watermark.input())) {
                String whose =
                        watermark.input().map(name -> "input '" + name + "'").orElse("the node's read");
                scope.report(Finding.of(FindingCode.CONFIG_CONFLICT, watermark.at(), whose + " has two watermarks")
                        .fix("keep one, or say which input the other is for: '{input: name, column: .., delay: ..}'"));
            }
        }
        return watermarks;
    }
}
