package io.odibi.engine.analysis;

import io.odibi.core.describe.Target.FormatTarget;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.plan.WritePlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.execution.datasources.DataSource;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.v2.FileDataSourceV2;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What files of a format cannot hold; Spark itself is asked, which else tells when the first rows are written. */
final class FileColumns {

    private static final String TEXT = "text";

    private FileColumns() {}

    static List<Finding> check(WritePlan write, FormatTarget target, StructType result) {
        Optional<FileFormat> format = format(target.format());
        if (format.isEmpty()) {
            return List.of();
        }
        Set<String> folders = target.partitionBy().stream()
                .map(column -> column.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        List<StructField> written = Arrays.stream(result.fields())
                .filter(field -> !folders.contains(field.name().toLowerCase(Locale.ROOT)))
                .toList();
        if (target.format().equals(TEXT)) {
            return oneText(write, written);
        }
        List<Finding> findings = new ArrayList<>();
        if (written.isEmpty()) {
            findings.add(Finding.of(
                            FindingCode.PLAN_SINK_COLUMN,
                            write.at(),
                            write.target().label() + " needs a column that 'partition_by' does not name")
                    .why("columns of 'partition_by' stand in the names of folders, and nothing is left for the files")
                    .fix("take a column out of 'partition_by'"));
        }
        for (StructField field : written) {
            if (!format.get().supportDataType(field.dataType())) {
                findings.add(Finding.of(
                                FindingCode.PLAN_SINK_COLUMN,
                                write.at(),
                                write.target().label() + " cannot take a column '" + field.name() + "' of type "
                                        + field.dataType().sql())
                        .why("files of format '" + target.format() + "' cannot hold such values")
                        .fix("cast it, such as by to_json, or drop it"));
            }
        }
        return findings;
    }

    private static List<Finding> oneText(WritePlan write, List<StructField> written) {
        if (written.size() == 1 && written.get(0).dataType().equals(DataTypes.StringType)) {
            return List.of();
        }
        String found = written.stream()
                .map(field -> field.name() + " " + field.dataType().sql())
                .collect(Collectors.joining(", "));
        return List.of(Finding.of(
                        FindingCode.PLAN_SINK_COLUMN,
                        write.at(),
                        write.target().label() + " takes one column of type STRING")
                .why("each row becomes a line; the columns are " + (found.isEmpty() ? "none" : found))
                .fix("make it in a step, such as \"SELECT to_json(struct(*)) AS value FROM {input}\"; columns of"
                        + " 'partition_by' do not count"));
    }

    /** Spark's own format of that name; empty for what is not made of files, or not on the class path. */
    private static Optional<FileFormat> format(String name) {
        try {
            Class<?> type = DataSource.lookupDataSource(name, SQLConf.get());
            Class<?> files = FileDataSourceV2.class.isAssignableFrom(type)
                    ? ((FileDataSourceV2) type.getDeclaredConstructor().newInstance()).fallbackFileFormat()
                    : type;
            return FileFormat.class.isAssignableFrom(files)
                    ? Optional.of((FileFormat) files.getDeclaredConstructor().newInstance())
                    : Optional.empty();
        } catch (Exception
                | LinkageError absent) { // Scala throws checked exceptions past signatures that do not name them
            return Optional.empty();
        }
    }
}
