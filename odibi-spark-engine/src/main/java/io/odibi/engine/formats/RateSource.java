package io.odibi.engine.formats;

import io.odibi.core.describe.Options;
import io.odibi.core.describe.ReadRequest;
import io.odibi.core.describe.Scan;
import io.odibi.core.describe.Scan.FormatScan;
import io.odibi.core.describe.ScanSchema;
import io.odibi.core.describe.SourceTraits;
import io.odibi.core.describe.SourceTraits.Replay;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.Processing;
import io.odibi.core.port.Source;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.ValueTypes;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Makes numbered rows at a steady rate, to try a stream out. */
final class RateSource implements Source {

    static final String FORMAT = "rate";

    private static final EngineOptions OPTIONS = new EngineOptions()
            .option("rowsPerSecond", ValueTypes.whole(1, Integer.MAX_VALUE), "rows made in a second; 1 by default")
            .option("numPartitions", ValueTypes.whole(1, 100_000), "parts in which the rows are made");

    private static final Setting<Duration> RAMP_UP = Setting.optional(
                    "rampUpTime",
                    ValueTypes.duration(Duration.ZERO, Duration.ofDays(1)),
                    "how long it takes until the full rate is reached")
            .alias("ramp_up_time");

    private static final SettingsDeclaration SETTINGS = SettingsDeclaration.of(
                    "Rows with a timestamp and a rising number, to try a stream out", RAMP_UP)
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
        Options options = OPTIONS.from(request.settings());
        Optional<Duration> rampUp = request.settings().find(RAMP_UP);
        if (rampUp.isPresent()) {
            options = options.with("rampUpTime", rampUp.get().toSeconds() + "s");
        }
        return Optional.of(new FormatScan(
                FORMAT, Optional.empty(), options, new ScanSchema.Fixed("timestamp TIMESTAMP, value BIGINT"), FORMAT));
    }
}
