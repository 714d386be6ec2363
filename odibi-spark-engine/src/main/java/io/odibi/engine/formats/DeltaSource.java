package io.odibi.engine.formats;

import io.odibi.core.describe.DataLocation;
import io.odibi.core.describe.ReadRequest;
import io.odibi.core.describe.Scan;
import io.odibi.core.describe.Scan.FormatScan;
import io.odibi.core.describe.ScanSchema;
import io.odibi.core.describe.SourceTraits;
import io.odibi.core.describe.SourceTraits.Replay;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.Processing;
import io.odibi.core.port.Source;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.ConfigValue.Scalar;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a Delta table: a version of it in batch, its changes as a stream. */
final class DeltaSource implements Source {

    static final String FORMAT = "delta";

    private static final Setting<Boolean> CHANGE_FEED = Setting.<Boolean>optional(
                    "readChangeFeed", ValueTypes.truth(), "whether changes are read as rows, with their kind")
            .alias("readChangeData", "read_change_feed");
    private static final Setting<String> STARTING_VERSION = Setting.optional(
                    "startingVersion",
                    ValueTypes.text("a version, or 'latest'"),
                    "the first version that is read; a stream without it starts with the whole table")
            .alias("starting_version");
    private static final Setting<String> STARTING_TIMESTAMP = Setting.optional(
                    "startingTimestamp", ValueTypes.text("a date or timestamp"), "the time from which changes are read")
            .alias("starting_timestamp");
    private static final Setting<Long> VERSION_AS_OF = Setting.optional(
                    "versionAsOf", ValueTypes.whole(0, Long.MAX_VALUE), "the version that a batch read sees")
            .alias("version_as_of");
    private static final Setting<String> TIMESTAMP_AS_OF = Setting.optional(
                    "timestampAsOf", ValueTypes.text("a date or timestamp"), "the time that a batch read sees")
            .alias("timestamp_as_of");
    private static final Setting<Scalar> SCHEMA = Setting.optional(
                    "schema",
                    ValueTypes.source("columns, such as 'id BIGINT, name STRING'"),
                    "the columns that the table has; used to check the node before the table is looked at")
            .alias("schema_ddl");

    private static final EngineOptions OF_STREAMS = new EngineOptions()
            .option("maxFilesPerTrigger", ValueTypes.whole(1, Integer.MAX_VALUE), "files of one micro-batch at most")
            .option("maxBytesPerTrigger", ValueTypes.text("a size such as 1g"), "size of one micro-batch, roughly")
            .option("ignoreDeletes", ValueTypes.truth(), "whether deleted partitions are passed over")
            .option(
                    "ignoreChanges",
                    ValueTypes.truth(),
                    "whether rewritten files are read again, with rows known already")
            .option("skipChangeCommits", ValueTypes.truth(), "whether commits that change rows are passed over")
            .option("excludeRegex", ValueTypes.text("a regular expression"), "files that are left out")
            .option("failOnDataLoss", ValueTypes.truth(), "whether a gap in the table's log ends the stream")
            .option(
                    "withEventTimeOrder",
                    ValueTypes.truth(),
                    "whether the first snapshot is read in order of event time")
            .option("schemaTrackingLocation", ValueTypes.text("a folder"), "where changed columns are noted");
    private static final EngineOptions OF_BATCHES = new EngineOptions()
            .option("endingVersion", ValueTypes.whole(0, Long.MAX_VALUE), "the last version of a read change feed")
            .option("endingTimestamp", ValueTypes.text("a date or timestamp"), "the end of a read change feed");

    private static final SettingsDeclaration SETTINGS = SettingsDeclaration.of(
                    "A Delta table",
                    SCHEMA,
                    STARTING_VERSION,
                    STARTING_TIMESTAMP,
                    VERSION_AS_OF,
                    TIMESTAMP_AS_OF,
                    CHANGE_FEED)
            .and(OF_STREAMS.declared())
            .and(OF_BATCHES.declared());

    @Override
    public SettingsDeclaration settings() {
        return SETTINGS;
    }

    @Override
    public SourceTraits traits() {
        return new SourceTraits(Set.of(Processing.BATCH, Processing.STREAMING), Replay.BY_OFFSET);
    }

    @Override
    public Optional<Scan> describe(ReadRequest request, Findings findings) {
        long before = findings.errorCount();
        Settings written = request.settings();
        boolean isStream = request.processing() == Processing.STREAMING;
        exclude(written, STARTING_VERSION, STARTING_TIMESTAMP, findings);
        exclude(written, VERSION_AS_OF, TIMESTAMP_AS_OF, findings);
        boolean readsChanges = written.find(CHANGE_FEED).orElse(false);
        if (isStream) {
            refuse(written, List.of(VERSION_AS_OF, TIMESTAMP_AS_OF), "is for batch", "use 'startingVersion'", findings);
        } else if (!readsChanges) {
            refuse(
                    written,
                    List.of(STARTING_VERSION, STARTING_TIMESTAMP),
                    "is for a stream or a change feed",
                    "use 'versionAsOf', or add 'readChangeFeed: true'",
                    findings);
        }
        Optional<DataLocation> location = request.address().locate(FORMAT, findings);
        EngineOptions own = isStream ? OF_STREAMS : OF_BATCHES;
        var options = own.from(written);
        for (Setting<?> setting :
                List.of(STARTING_VERSION, STARTING_TIMESTAMP, VERSION_AS_OF, TIMESTAMP_AS_OF, CHANGE_FEED)) {
            Optional<?> value = written.find(setting);
            if (value.isPresent()) {
                options = options.with(setting.name(), String.valueOf(value.get()));
            }
        }
        if (findings.errorCount() > before || location.isEmpty()) {
            return Optional.empty();
        }
        ScanSchema schema =
                written.find(SCHEMA).<ScanSchema>map(ScanSchema.Declared::new).orElseGet(ScanSchema.InData::new);
        return Optional.of(new FormatScan(FORMAT, location, options, schema, FORMAT + " " + location.get()));
    }

    private static void exclude(Settings written, Setting<?> one, Setting<?> other, Findings findings) {
        if (written.find(one).isPresent() && written.find(other).isPresent()) {
            findings.add(Finding.of(
                            FindingCode.CONFIG_CONFLICT,
                            written.at(other),
                            "'" + one + "' and '" + other + "' exclude each other")
                    .fix("keep one of them"));
        }
    }

    private static void refuse(Settings written, List<Setting<?>> settings, String why, String fix, Findings findings) {
        for (Setting<?> setting : settings) {
            if (written.find(setting).isPresent()) {
                findings.add(Finding.of(
                                FindingCode.CONFIG_CONFLICT,
                                written.at(setting),
                                "'" + setting + "' cannot be used here")
                        .why("'" + setting + "' " + why)
                        .fix(fix));
            }
        }
    }
}
