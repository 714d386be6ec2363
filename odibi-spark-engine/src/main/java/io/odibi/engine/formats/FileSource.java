package io.odibi.engine.formats;

import io.odibi.core.describe.DataLocation;
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
import io.odibi.core.text.ConfigValue.Scalar;
import java.util.Optional;
import java.util.Set;

/** Reads the files of a folder, in batch or each file once as it comes. */
final class FileSource implements Source {

    private static final Setting<Scalar> SCHEMA = Setting.optional(
                    "schema",
                    ValueTypes.source("columns, such as 'id BIGINT, name STRING'"),
                    "the columns to read; a stream must have it, a batch read finds the columns in the files")
            .alias("schema_ddl");

    private static final String GENERIC_PAGE = "see spark.apache.org/docs/3.5.7/sql-data-sources-generic-options.html";

    private static final EngineOptions OF_ALL = new EngineOptions()
            .option("recursiveFileLookup", ValueTypes.truth(), "whether folders below are read, too")
            .option("pathGlobFilter", ValueTypes.text("a pattern such as *.json"), "names of files that are read")
            .verbatim(GENERIC_PAGE, "ignoreCorruptFiles", "ignoreMissingFiles");

    private static final EngineOptions OF_BATCHES =
            new EngineOptions().verbatim("in batch, " + GENERIC_PAGE, "modifiedBefore", "modifiedAfter");

    private final FileFormat format;
    private final SettingsDeclaration settings;

    FileSource(FileFormat format) {
        this.format = format;
        SettingsDeclaration columns = format.fixedSchema().isPresent()
                ? SettingsDeclaration.of(format.summary())
                : SettingsDeclaration.of(format.summary(), SCHEMA);
        this.settings = columns.and(FileStreamOptions.declared())
                .and(OF_ALL.declared())
                .and(OF_BATCHES.declared())
                .and(format.reads().declared());
    }

    @Override
    public SettingsDeclaration settings() {
        return settings;
    }

    @Override
    public SourceTraits traits() {
        return new SourceTraits(Set.of(Processing.BATCH, Processing.STREAMING), Replay.BY_OFFSET);
    }

    @Override
    public Optional<Scan> describe(ReadRequest request, Findings findings) {
        Settings written = request.settings();
        boolean isStream = request.processing() == Processing.STREAMING;
        Optional<DataLocation> location = request.address().locate(format.name(), findings);
        ScanSchema schema = format.fixedSchema()
                .<ScanSchema>map(ScanSchema.Fixed::new)
                .or(() -> written.find(SCHEMA).map(ScanSchema.Declared::new))
                .orElseGet(ScanSchema.InData::new);
        long before = findings.errorCount();
        if (isStream && schema instanceof ScanSchema.InData) {
            findings.add(Finding.of(
                            FindingCode.CONFIG_MISSING_KEY,
                            request.address().at(),
                            "a stream of " + format.name() + " files needs 'schema'")
                    .why("files that are yet to come cannot be asked for their columns")
                    .fix("add 'schema: \"id BIGINT, name STRING, ..\"' with the columns of the files"));
        }
        if (isStream
                && location.filter(at -> at instanceof DataLocation.InCatalog).isPresent()) {
            findings.add(Finding.of(
                            FindingCode.PLAN_SOURCE_MODE,
                            request.address().at(),
                            "a catalog table of " + format.name() + " files cannot be read as a stream")
                    .fix("name the folder: 'path: ..'"));
        }
        Options options = OF_ALL.from(written)
                .with(format.reads().from(written))
                .with(isStream ? ofStream(request, location, findings) : ofBatch(written, findings));
        return findings.errorCount() == before
                ? location.map(
                        at -> new FormatScan(format.name(), Optional.of(at), options, schema, format.name() + " " + at))
                : Optional.empty();
    }

    private static Options ofStream(ReadRequest request, Optional<DataLocation> location, Findings findings) {
        Effect.refuse(
                request.settings(),
                OF_BATCHES.settings(),
                "has no meaning in a stream",
                "a stream reads each file once as it comes",
                "drop it, or run the node in batch",
                findings);
        return FileStreamOptions.from(request, location, findings);
    }

    private static Options ofBatch(Settings written, Findings findings) {
        FileStreamOptions.refuseInBatch(written, findings);
        return OF_BATCHES.from(written);
    }
}
