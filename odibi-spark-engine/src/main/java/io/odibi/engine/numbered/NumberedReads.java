package io.odibi.engine.numbered;

import io.odibi.core.describe.Numbering;
import io.odibi.core.describe.Numbering.Gaps;
import io.odibi.core.describe.Scan.FormatScan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamReader;
import scala.Option;
import scala.Tuple2;

/** Starts reads of streams, those with numbered rows through {@link NumberedSource}. */
public final class NumberedReads {

    private static final String PREFIX = "odibi.numbered.";
    private static final String FORMAT = PREFIX + "format";
    private static final String COLUMN = PREFIX + "column";
    private static final String ROWS = PREFIX + "rows";
    private static final String GAPS = PREFIX + "gaps";
    private static final String READ = PREFIX + "read";
    private static final String HIDDEN = PREFIX + "hidden";

    private NumberedReads() {}

    /** Returns the reader of a stream, with its format and options. */
    public static DataStreamReader reader(SparkSession session, FormatScan scan) {
        return scan.numbering().isPresent()
                ? session.readStream()
                        .format(NumberedSourceProvider.class.getName())
                        .options(options(session, scan, scan.numbering().get()))
                : session.readStream()
                        .format(scan.format())
                        .options(scan.options().reveal());
    }

    /**
     * Spark logs the options of a source of its first interface in clear, at level INFO. So secrets go another way, which the credentials
     * of file systems go as well: in Hadoop's configuration, under a name that Spark's redaction knows.
     */
    private static Map<String, String> options(SparkSession session, FormatScan scan, Numbering numbering) {
        Map<String, String> options = new LinkedHashMap<>(scan.options().plain());
        options.put(FORMAT, scan.format());
        options.put(COLUMN, numbering.column());
        options.put(GAPS, numbering.gaps().name());
        numbering.rowsPerBatch().ifPresent(rows -> options.put(ROWS, String.valueOf(rows)));
        String read = UUID.randomUUID().toString();
        options.put(READ, read);
        options.put(HIDDEN, String.join(" ", scan.options().secret().keySet()));
        Configuration hadoop = session.sparkContext().hadoopConfiguration();
        scan.options().secret().forEach((key, secret) -> hadoop.set(hidden(read, key), secret.reveal()));
        return options;
    }

    private static String hidden(String read, String key) {
        return PREFIX + "secret." + read + "." + key;
    }

    /** Returns the options with those that were kept out of Spark's sight. */
    static scala.collection.immutable.Map<String, String> whole(
            SQLContext context, scala.collection.immutable.Map<String, String> options) {
        scala.collection.immutable.Map<String, String> whole = options;
        for (String key : options.apply(HIDDEN).split(" ", -1)) {
            String secret = context.sparkContext().hadoopConfiguration().getRaw(hidden(options.apply(READ), key));
            whole = secret == null ? whole : whole.$plus(new Tuple2<>(key, secret));
        }
        return whole;
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
