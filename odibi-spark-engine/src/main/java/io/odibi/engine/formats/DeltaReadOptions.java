package io.odibi.engine.formats;

import io.odibi.core.describe.Options;
import io.odibi.core.describe.ReadRequest;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.Processing;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.TypeShape;
import io.odibi.core.settings.ValueType;
import io.odibi.core.settings.ValueTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a read of a Delta table can say, and where each of it counts: Delta passes over what does not. */
final class DeltaReadOptions {

    private static final String LATEST = "latest";
    private static final Pattern TIME = Pattern.compile("\\d{4}(-\\d{1,2}(-\\d{1,2}([ T]\\d.*)?)?)?");
    private static final Pattern SIZE = Pattern.compile("(?i)0*[1-9]\\d*\\s*([kmgtp]?b?)");

    private static final Setting<Boolean> CHANGE_FEED = Setting.<Boolean>optional(
                    "readChangeFeed", ValueTypes.truth(), "whether changes are read as rows, with their kind")
            .alias("readChangeData", "read_change_feed");
    private static final Setting<String> STARTING_VERSION = Setting.optional(
                    "startingVersion",
                    text("a version, or 'latest'", Pattern.compile("\\d{1,18}|" + LATEST, Pattern.CASE_INSENSITIVE)),
                    "the first version that is read; a stream without it starts with the whole table")
            .alias("starting_version");
    private static final Setting<String> STARTING_TIMESTAMP = Setting.optional(
                    "startingTimestamp", time(), "the time from which changes are read")
            .alias("starting_timestamp");
    private static final Setting<Long> VERSION_AS_OF = Setting.optional(
                    "versionAsOf", ValueTypes.whole(0, Long.MAX_VALUE), "the version that a batch read sees")
            .alias("version_as_of");
    private static final Setting<String> TIMESTAMP_AS_OF = Setting.optional(
                    "timestampAsOf", time(), "the time that a batch read sees")
            .alias("timestamp_as_of");
    private static final Setting<Long> ENDING_VERSION = Setting.optional(
                    "endingVersion",
                    ValueTypes.whole(0, Long.MAX_VALUE),
                    "the last version of a change feed that is read in batch")
            .alias("ending_version");
    private static final Setting<String> ENDING_TIMESTAMP = Setting.optional(
                    "endingTimestamp", time(), "the end of a change feed that is read in batch")
            .alias("ending_timestamp");

    private static final List<Setting<?>> STARTS = List.of(STARTING_VERSION, STARTING_TIMESTAMP);
    private static final List<Setting<?>> ENDS = List.of(ENDING_VERSION, ENDING_TIMESTAMP);
    private static final List<Setting<?>> VERSIONS = List.of(VERSION_AS_OF, TIMESTAMP_AS_OF);

    private static final EngineOptions PACE = new EngineOptions()
            .option("maxFilesPerTrigger", ValueTypes.whole(1, Integer.MAX_VALUE), "files of one micro-batch at most")
            .option("maxBytesPerTrigger", text("a size such as 1g", SIZE), "size of one micro-batch, roughly")
            .option("excludeRegex", ValueTypes.text("a regular expression"), "files that are left out")
            .option("failOnDataLoss", ValueTypes.truth(), "whether a gap in the table's log ends the stream")
            .option(
                    "withEventTimeOrder",
                    ValueTypes.truth(),
                    "whether the first snapshot is read in order of event time")
            .option("schemaTrackingLocation", ValueTypes.text("a folder"), "where changed columns are noted");

    private static final EngineOptions PASSING_OVER = new EngineOptions()
            .option("ignoreDeletes", ValueTypes.truth(), "whether deleted partitions are passed over")
            .option(
                    "ignoreChanges",
                    ValueTypes.truth(),
                    "whether rewritten files are read again, with rows known already")
            .option("skipChangeCommits", ValueTypes.truth(), "whether commits that change rows are passed over");

    private DeltaReadOptions() {}

    static Setting<?>[] declared() {
        List<Setting<?>> all = new ArrayList<>(STARTS);
        all.addAll(VERSIONS);
        all.add(CHANGE_FEED);
        all.addAll(PACE.settings());
        all.addAll(PASSING_OVER.settings());
        all.addAll(ENDS);
        return all.toArray(Setting[]::new);
    }

    /** Returns what Delta is told, and says what does not go together. */
    static Options from(ReadRequest request, Findings findings) {
        Settings written = request.settings();
        boolean readsChanges = written.find(CHANGE_FEED).orElse(false);
        Effect.exclude(written, STARTING_VERSION, STARTING_TIMESTAMP, findings);
        Effect.exclude(written, VERSION_AS_OF, TIMESTAMP_AS_OF, findings);
        Effect.exclude(written, ENDING_VERSION, ENDING_TIMESTAMP, findings);
        if (request.processing() == Processing.STREAMING) {
            checkStream(written, findings);
        } else if (readsChanges) {
            checkChanges(written, findings);
        } else {
            checkVersion(written, findings);
        }
        if (readsChanges) {
            checkFeed(written, findings);
        }
        Options options = PACE.from(written).with(PASSING_OVER.from(written));
        List<Setting<?>> others = new ArrayList<>(STARTS);
        others.addAll(VERSIONS);
        others.addAll(ENDS);
        others.add(CHANGE_FEED);
        for (Setting<?> setting : others) {
            Optional<?> value = written.find(setting);
            options = value.isPresent() ? options.with(setting.name(), String.valueOf(value.get())) : options;
        }
        return options;
    }

    private static void checkStream(Settings written, Findings findings) {
        Effect.refuse(
                written,
                VERSIONS,
                "is for batch",
                "a stream reads on",
                "use 'startingVersion' or 'startingTimestamp'",
                findings);
        Effect.refuse(
                written,
                ENDS,
                "has no meaning in a stream",
                "a stream reads on",
                "drop it, or run the node in batch; 'trigger: available_now' ends a stream that has caught up",
                findings);
    }

    private static void checkVersion(Settings written, Findings findings) {
        refusePace(written, findings);
        Effect.refuse(
                written,
                STARTS,
                "is for a stream or a change feed",
                "a batch reads one version of the table, whole",
                "use 'versionAsOf', or add 'readChangeFeed: true'",
                findings);
        Effect.refuse(
                written,
                ENDS,
                "is for a change feed",
                "a batch reads one version of the table, whole",
                "use 'versionAsOf', or add 'readChangeFeed: true'",
                findings);
    }

    private static void checkChanges(Settings written, Findings findings) {
        refusePace(written, findings);
        Effect.refuse(
                written,
                VERSIONS,
                "does not go with 'readChangeFeed'",
                "a change feed runs from one version to another",
                "use 'startingVersion' and 'endingVersion'",
                findings);
        if (STARTS.stream().noneMatch(start -> written.find(start).isPresent())) {
            findings.add(Finding.of(
                            FindingCode.CONFIG_MISSING_KEY,
                            written.at(CHANGE_FEED),
                            "'readChangeFeed' needs 'startingVersion' or 'startingTimestamp' in batch")
                    .why("changes run from one version to another, the last one if no end is named")
                    .fix("add 'startingVersion: 0' for all changes since the table was made, or a later version"));
        }
        written.find(STARTING_VERSION).ifPresent(start -> checkStart(start, written, findings));
    }

    private static void checkStart(String start, Settings written, Findings findings) {
        if (start.equalsIgnoreCase(LATEST)) {
            findings.add(Finding.of(
                            FindingCode.CONFIG_VALUE,
                            written.at(STARTING_VERSION),
                            "'startingVersion' cannot be 'latest' in batch")
                    .why("nothing would be read")
                    .allow("a version"));
            return;
        }
        written.find(ENDING_VERSION)
                .filter(end -> end < Long.parseLong(start))
                .ifPresent(end -> findings.add(Finding.of(
                                FindingCode.CONFIG_CONFLICT,
                                written.at(ENDING_VERSION),
                                "'endingVersion' is before 'startingVersion'")
                        .fix("end at or after the start")));
    }

    private static void refusePace(Settings written, Findings findings) {
        List<Setting<?>> ofStreams = new ArrayList<>(PACE.settings());
        ofStreams.addAll(PASSING_OVER.settings());
        Effect.refuse(
                written,
                ofStreams,
                "has no meaning in batch",
                "a batch reads what is there, at once",
                "drop it, or make the read a stream",
                findings);
    }

    private static void checkFeed(Settings written, Findings findings) {
        Effect.refuse(
                written,
                PASSING_OVER.settings(),
                "has no effect on a change feed",
                "a change feed gives deleted and changed rows as such",
                "drop it, or filter by the column '_change_type'",
                findings);
    }

    private static ValueType<String> time() {
        return text("a date or timestamp, such as 2026-01-31 or 2026-01-31 12:00:00", TIME);
    }

    private static ValueType<String> text(String meaning, Pattern pattern) {
        return ValueTypes.parsed(
                new TypeShape.Text(meaning, Optional.empty()),
                text -> Optional.of(text.strip())
                        .filter(stripped -> pattern.matcher(stripped).matches()));
    }
}
