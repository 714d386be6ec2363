package io.odibi.engine.analysis;

import io.odibi.core.describe.DataLocation;
import io.odibi.core.describe.Scan;
import io.odibi.core.describe.Scan.FormatScan;
import io.odibi.core.describe.ScanSchema;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.model.Processing;
import io.odibi.core.plan.ReadPlan;
import io.odibi.core.port.StepException;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.Position;
import io.odibi.engine.failure.SparkMessage;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a read, as far as they can be known without asking another system: fixed by the format, declared, or written down in
 * files of this machine.
 */
final class ScanColumns {

    private static final String DELTA = "delta";
    private static final String CHANGES = "readChangeFeed";
    private static final StructType CHANGE_COLUMNS =
            StructType.fromDDL("_change_type STRING, _commit_version BIGINT, _commit_timestamp TIMESTAMP");

    /** Formats whose files say their columns themselves, so that none has to be read. */
    private static final Set<String> SELF_DESCRIBING = Set.of("parquet", "orc", "avro");

    private final SparkSession session;

    ScanColumns(SparkSession session) {
        this.session = session;
    }

    /**
     * Returns the columns of a read; empty if only the data knows.
     *
     * @throws StepException if they are declared, and the declaration cannot be read
     */
    Optional<StructType> of(ReadPlan read) {
        Scan scan = read.scan();
        if (scan instanceof FormatScan format && format.format().equals(DELTA)) {
            // A table has its own columns; what is declared is held against them when it is read.
            return folder(format)
                    .flatMap(folder -> DeltaColumns.of(folder, version(format)))
                    .or(() -> told(scan))
                    .map(columns -> asRead(format, columns));
        }
        return told(scan).or(() -> scan instanceof FormatScan format ? inFiles(format, read) : Optional.empty());
    }

    private static Optional<StructType> told(Scan scan) {
        if (scan.schema() instanceof ScanSchema.Fixed fixed) {
            return Optional.of(StructType.fromDDL(fixed.ddl()));
        }
        return scan.schema() instanceof ScanSchema.Declared declared
                ? Optional.of(parse(declared.ddl()))
                : Optional.empty();
    }

    private static StructType parse(Scalar ddl) {
        try {
            return StructType.fromDDL(ddl.text());
        } catch (Exception unreadable) { // Scala throws the checked ParseException without declaring it
            Position at =
                    unreadable instanceof AnalysisException told && told.line().isDefined()
                            ? ddl.origin()
                                    .locate(
                                            (Integer) told.line().get(),
                                            (Integer) told.startPosition().get() + 1)
                            : ddl.at();
            throw new StepException(
                    Finding.of(
                                    FindingCode.SQL_SYNTAX,
                                    at,
                                    "cannot read these columns: " + SparkMessage.firstLine(unreadable))
                            .allow("columns as 'id BIGINT, name STRING, at TIMESTAMP'"),
                    unreadable);
        }
    }

    /** Returns the columns that a read gives of a table with {@code columns}: a change feed has some of its own. */
    static StructType asRead(FormatScan scan, StructType columns) {
        if (!scan.format().equals(DELTA)
                || !"true".equalsIgnoreCase(scan.options().plain().get(CHANGES))) {
            return columns;
        }
        StructType all = columns;
        for (var column : CHANGE_COLUMNS.fields()) {
            all = columns.getFieldIndex(column.name()).isDefined() ? all : all.add(column);
        }
        return all;
    }

    /** Which version of a table is read; empty if the last one is. */
    private static Optional<String> version(FormatScan scan) {
        return Optional.ofNullable(scan.options().plain().get("versionAsOf"))
                .or(() -> Optional.ofNullable(scan.options().plain().get("timestampAsOf"))
                        .map(time -> "at " + time));
    }

    private Optional<StructType> inFiles(FormatScan scan, ReadPlan read) {
        boolean known = read.processing() == Processing.BATCH
                && SELF_DESCRIBING.contains(scan.format())
                && folder(scan).filter(Files::exists).isPresent();
        if (!known) {
            return Optional.empty();
        }
        try {
            return Optional.of(session.read()
                    .format(scan.format())
                    .options(scan.options().reveal())
                    .load(scan.location().orElseThrow().toString())
                    .schema());
        } catch (Exception unreadable) { // no files yet, or broken ones: the run tells, the check just does not know
            return Optional.empty();
        }
    }

    private static Optional<Path> folder(FormatScan scan) {
        return scan.location()
                .flatMap(at -> at instanceof DataLocation.AtPath path ? local(path.path()) : Optional.empty());
    }

    private static Optional<Path> local(String path) {
        if (path.startsWith("/")) {
            return Optional.of(Path.of(path));
        }
        return path.startsWith("file:") ? Optional.of(Path.of(URI.create(path).getPath())) : Optional.empty();
    }
}
