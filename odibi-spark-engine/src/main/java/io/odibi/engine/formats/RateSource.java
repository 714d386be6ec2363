package io.odibi.engine.formats;

import io.odibi.core.describe.DataAddress;
import io.odibi.core.describe.Options;
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
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Makes numbered rows at a steady rate, to try a stream out. */
final class RateSource implements Source {

    static final String FORMAT = "rate";

    private static final String LABEL = "rate (rows made up for a test)";

    private static final Setting<Long> ROWS = Setting.withDefault(
                    "rowsPerSecond", ValueTypes.whole(1, Integer.MAX_VALUE), 1L, "rows made in a second")
            .alias("rows_per_second");

    private static final EngineOptions OPTIONS = new EngineOptions()
            .option("numPartitions", ValueTypes.whole(1, 100_000), "parts in which the rows are made");

    private static final Setting<Duration> RAMP_UP = Setting.optional(
                    "rampUpTime",
                    ValueTypes.duration(Duration.ofSeconds(1), Duration.ofDays(1)),
                    "how long it takes until the full rate is reached, in whole seconds")
            .alias("ramp_up_time");

    private static final SettingsDeclaration SETTINGS = SettingsDeclaration.of(
                    "Rows with a timestamp and a rising number, made up to try a stream out", ROWS, RAMP_UP)
            .and(OPTIONS.declared());

    @Override
    public SettingsDeclaration settings() {
        return SETTINGS;
    }

    @Override
    public SourceTraits traits() {
        return new SourceTraits(Set.of(Processing.STREAMING), Replay.BY_OFFSET);
    }

    @Override
    public Optional<Scan> describe(ReadRequest request, Findings findings) {
        Settings written = request.settings();
        long before = findings.errorCount();
        refusePlace(request.address(), findings);
        Options options = OPTIONS.from(written);
        Optional<Long> rows = written.find(ROWS);
        if (rows.isPresent()) {
            options = options.with(ROWS.name(), String.valueOf(rows.get()));
        }
        Optional<Duration> rampUp = written.find(RAMP_UP);
        if (rampUp.isPresent()) {
            checkRampUp(written, findings);
            options = options.with(RAMP_UP.name(), rampUp.get().toSeconds() + "s");
        }
        return findings.errorCount() > before
                ? Optional.empty()
                : Optional.of(new FormatScan(
                        FORMAT,
                        Optional.empty(),
                        options,
                        new ScanSchema.Fixed("timestamp TIMESTAMP, value BIGINT"),
                        LABEL));
    }

    private static void refusePlace(DataAddress address, Findings findings) {
        Stream.of(address.table(), address.path())
                .flatMap(Optional::stream)
                .forEach(named -> findings.add(Finding.of(
                                FindingCode.CONFIG_CONFLICT,
                                named.at(),
                                "a read of format 'rate' has no table and no path")
                        .why("it makes its rows up, to try a stream out")
                        .fix("drop it, or name the format of what lies there")));
    }

    /** The rate rises by whole rows each second: where it cannot, Spark makes none at all until the time is up. */
    private static void checkRampUp(Settings written, Findings findings) {
        long seconds = written.find(RAMP_UP).orElseThrow().toSeconds();
        long rows = written.get(ROWS);
        if (seconds >= rows) {
            findings.add(Finding.of(
                            FindingCode.CONFIG_CONFLICT,
                            written.at(RAMP_UP),
                            "'rampUpTime' is too long for " + rows + (rows == 1 ? " row" : " rows") + " a second")
                    .why("the rate rises by whole rows each second: no row would be made before the time is up")
                    .allow("'rampUpTime' of less seconds than 'rowsPerSecond' has rows"));
        }
    }
}
