package io.odibi.engine.formats;

import io.odibi.core.describe.DataLocation;
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
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.ConfigValue.Scalar;
import java.util.Optional;
import java.util.Set;

/** Reads a Delta table: a version of it in batch, what is added to it as a stream, or its changes either way. */
final class DeltaSource implements Source {

    static final String FORMAT = "delta";

    private static final Setting<Scalar> SCHEMA = Setting.optional(
                    "schema",
                    ValueTypes.source("columns, such as 'id BIGINT, name STRING'"),
                    "the columns that the table has; used to check the node before the table is looked at")
            .alias("schema_ddl");

    private static final SettingsDeclaration SETTINGS =
            SettingsDeclaration.of("A Delta table", SCHEMA).and(DeltaReadOptions.declared());

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
        Options options = DeltaReadOptions.from(request, findings);
        Optional<DataLocation> location = request.address().locate(FORMAT, findings);
        if (findings.errorCount() > before || location.isEmpty()) {
            return Optional.empty();
        }
        ScanSchema schema =
                written.find(SCHEMA).<ScanSchema>map(ScanSchema.Declared::new).orElseGet(ScanSchema.InData::new);
        return Optional.of(new FormatScan(FORMAT, location, options, schema, FORMAT + " " + location.get()));
    }
}
