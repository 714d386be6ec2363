package io.odibi.engine.analysis;

import io.delta.kernel.Table;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.internal.types.DataTypeJsonSerDe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** The columns of Delta tables on this machine, read from their logs by Delta's kernel: no Spark job, and no other system is asked. */
final class DeltaColumns {

    private static final String LOG = "_delta_log";

    private DeltaColumns() {}

    /**
     * Returns the columns of the table in a folder; empty if there is no table, or none that can be read.
     *
     * @param version the number of a version; empty for the last one. Of a time only the table's own history knows the version, so that
     *     the answer is empty.
     */
    static Optional<StructType> of(Path folder, Optional<String> version) {
        if (!Files.isDirectory(folder.resolve(LOG))) {
            return Optional.empty();
        }
        if (version.filter(text -> !text.matches("\\d{1,18}")).isPresent()) {
            return Optional.empty();
        }
        Engine engine = DefaultEngine.create(new Configuration());
        try {
            Table table = Table.forPath(engine, folder.toUri().getPath());
            var columns = (version.isPresent()
                            ? table.getSnapshotAsOfVersion(engine, Long.parseLong(version.get()))
                            : table.getLatestSnapshot(engine))
                    .getSchema(engine);
            return Optional.of((StructType) DataType.fromJson(DataTypeJsonSerDe.serializeDataType(columns)));
        } catch (KernelException unreadable) {
            return Optional.empty();
        }
    }
}
