package io.odibi.engine.formats;

import io.odibi.core.port.Contributions;
import java.util.List;

/** Hands out the formats of the engine. */
public final class EngineFormats {

    private EngineFormats() {}

    /** Adds all of them. */
    public static void contribute(Contributions to) {
        to.source(DeltaSource.FORMAT, new DeltaSource());
        to.sink(DeltaSource.FORMAT, new DeltaSink());
        for (FileFormat format : List.of(
                FileFormat.PARQUET,
                FileFormat.JSON,
                FileFormat.CSV,
                FileFormat.TEXT,
                FileFormat.AVRO,
                FileFormat.ORC)) {
            to.source(format.name(), new FileSource(format));
            to.sink(format.name(), new FileSink(format));
        }
        to.source(RateSource.FORMAT, new RateSource());
    }
}
