package io.odibi.engine.batch;

import io.odibi.core.describe.Target.FormatTarget;
import io.odibi.core.error.ExternalException;
import io.odibi.core.model.WriteMode;
import io.odibi.engine.checkpoint.FileSinkLog;
import io.odibi.engine.delta.DeltaTables;
import io.odibi.engine.failure.LastingFaultException;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.functions;

/** Writes the rows of a batch through a format that Spark knows. */
final class BatchWrite {

    private static final String DELTA = "delta";

    private final FormatTarget target;
    private final WriteMode mode;

    BatchWrite(FormatTarget target, WriteMode mode) {
        this.target = target;
        this.mode = mode;
    }

    void write(Dataset<Row> rows) throws Exception {
        String table = target.location()
                .map(at -> at.<String>fold(path -> "", found -> found.name()))
                .orElse("");
        if (target.location().isEmpty()) {
            writer(rows, saveMode()).save();
        } else if (table.isEmpty()) {
            String folder = target.location().get().toString();
            refuseListed(folder, rows);
            writer(rows, saveMode()).save(folder);
        } else if (target.format().equals(DELTA) && mode == WriteMode.OVERWRITE) {
            overwriteDelta(table, rows);
        } else {
            writer(rows, saveMode()).saveAsTable(table);
        }
    }

    /** Files beside those of a stream would be written and never read: who reads the folder follows the stream's list. */
    private void refuseListed(String folder, Dataset<Row> rows) throws IOException {
        boolean isListed = mode == WriteMode.APPEND
                && !target.format().equals(DELTA)
                && FileSinkLog.lastBatch(
                                folder, rows.sparkSession().sessionState().newHadoopConf())
                        .isPresent();
        if (isListed) {
            String message =
                    "cannot append to " + target.label() + ": a stream writes there, and who reads the folder sees"
                            + " the stream's files only; name another folder, or use format 'delta', which takes both";
            throw new ExternalException(message, new LastingFaultException(message));
        }
    }

    /**
     * Creates the table, or replaces its rows. Not by Spark's {@code saveAsTable}: from 3.5.6 on it asks of a table that it replaces what
     * Delta 3.3 cannot do (delta-io/delta#4671).
     */
    private void overwriteDelta(String table, Dataset<Row> rows) throws Exception {
        if (!rows.sparkSession().catalog().tableExists(table)) {
            writer(rows, SaveMode.ErrorIfExists).saveAsTable(table);
            return;
        }
        List<String> columns = DeltaTables.partitionColumns(rows.sparkSession(), table);
        if (!target.partitionBy().isEmpty() && !target.partitionBy().equals(columns)) {
            throw new ExternalException("cannot overwrite " + target.label() + ": it is partitioned by " + columns
                    + ", not by " + target.partitionBy());
        }
        rows.writeTo(table).options(target.options().reveal()).overwrite(functions.lit(true));
    }

    private DataFrameWriter<Row> writer(Dataset<Row> rows, SaveMode saveMode) {
        DataFrameWriter<Row> writer = rows.write()
                .format(target.format())
                .mode(saveMode)
                .options(target.options().reveal());
        return target.partitionBy().isEmpty()
                ? writer
                : writer.partitionBy(target.partitionBy().toArray(String[]::new));
    }

    private SaveMode saveMode() {
        return mode == WriteMode.APPEND ? SaveMode.Append : SaveMode.Overwrite;
    }
}
