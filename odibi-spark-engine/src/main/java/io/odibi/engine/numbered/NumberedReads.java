package io.odibi.engine.numbered;

import io.odibi.core.describe.Numbering;
import io.odibi.core.describe.Numbering.Gaps;
import io.odibi.core.describe.Scan.FormatScan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamReader;
import scala.Option;

/** Starts reads of streams, those with numbered rows through {@link NumberedSource}. */
public final class NumberedReads {

    private static final String PREFIX = "odibi.numbered.";
    private static final String FORMAT = PREFIX + "format";
    private static final String COLUMN = PREFIX + "column";
    private static final String ROWS = PREFIX + "rows";
    private static final String GAPS = PREFIX + "gaps";

    private NumberedReads() {}

    /** Returns the reader of a stream, with its format and options. */
    public static DataStreamReader reader(SparkSession session, FormatScan scan) {
        Map<String, String> options = new LinkedHashMap<>(scan.options().reveal());
        String format = scan.format();
        if (scan.numbering().isPresent()) {
            Numbering numbering = scan.numbering().get();
            options.put(FORMAT, format);
            options.put(COLUMN, numbering.column());
            options.put(GAPS, numbering.gaps().name());
            numbering.rowsPerBatch().ifPresent(rows -> options.put(ROWS, String.valueOf(rows)));
            format = NumberedSourceProvider.class.getName();
        }
        return session.readStream().format(format).options(options);
    }

    /** The format that numbers the rows. */
    static String format(scala.collection.immutable.Map<String, String> options) {
        return options.apply(FORMAT);
    }

    /** How it numbers them. */
    static Numbering numbering(scala.collection.immutable.Map<String, String> options) {
        Option<String> rows = options.get(ROWS);
        return new Numbering(
                options.apply(COLUMN),
                rows.isDefined() ? OptionalLong.of(Long.parseLong(rows.get())) : OptionalLong.empty(),
                Gaps.valueOf(options.apply(GAPS)));
    }
}
