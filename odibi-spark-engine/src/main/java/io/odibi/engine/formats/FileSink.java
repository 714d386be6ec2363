package io.odibi.engine.formats;

import io.odibi.core.describe.Delivery;
import io.odibi.core.describe.Delivery.Guarantee;
import io.odibi.core.describe.SinkTraits;
import io.odibi.core.describe.Target;
import io.odibi.core.describe.Target.FormatTarget;
import io.odibi.core.describe.WriteRequest;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.OutputMode;
import io.odibi.core.model.WriteMode;
import io.odibi.core.port.Sink;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.Located;
import java.util.Optional;
import java.util.Set;

/** Writes files into a folder. */
final class FileSink implements Sink {

    private static final EngineOptions OF_ALL = new EngineOptions()
            .option("maxRecordsPerFile", ValueTypes.whole(1, Long.MAX_VALUE), "rows of one file at most");

    private static final SinkTraits TRAITS = new SinkTraits(
            Set.of(OutputMode.APPEND),
            Set.of(WriteMode.OVERWRITE, WriteMode.APPEND),
            WriteMode.OVERWRITE,
            new Delivery(
                    Guarantee.EXACTLY_ONCE, "for readers that follow the folder's _spark_metadata, as Spark does"));

    private final FileFormat format;
    private final SettingsDeclaration settings;

    FileSink(FileFormat format) {
        this.format = format;
        this.settings = SettingsDeclaration.of(format.summary())
                .and(OF_ALL.declared())
                .and(format.writes().declared());
    }

    @Override
    public SettingsDeclaration settings() {
        return settings;
    }

    @Override
    public SinkTraits traits(WriteRequest request) {
        return TRAITS;
    }

    @Override
    public Optional<Target> describe(WriteRequest request, Findings findings) {
        return request.address()
                .locate(format.name(), findings)
                .map(at -> new FormatTarget(
                        format.name(),
                        Optional.of(at),
                        request.partitionBy().stream().map(Located::value).toList(),
                        OF_ALL.from(request.settings()).with(format.writes().from(request.settings())),
                        format.name() + " " + at));
    }
}
