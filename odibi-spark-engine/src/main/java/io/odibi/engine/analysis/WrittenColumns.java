package io.odibi.engine.analysis;

import io.odibi.core.describe.NeededColumn;
import io.odibi.core.describe.NeededColumn.Presence;
import io.odibi.core.describe.Target.BatchTarget;
import io.odibi.core.describe.Target.FormatTarget;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.plan.WritePlan;
import io.odibi.engine.frames.TypedWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Holds the columns that a node makes against those that its write names. */
final class WrittenColumns {

    private WrittenColumns() {}

    static List<Finding> check(WritePlan write, StructType result) {
        List<Finding> findings = new ArrayList<>();
        write.columns().forEach(needed -> needed(write, needed, result).ifPresent(findings::add));
        if (write.target() instanceof FormatTarget target) {
            target.partitionBy()
                    .forEach(column -> partition(write, column, result).ifPresent(findings::add));
            findings.addAll(FileColumns.check(write, target, result));
        }
        if (write.target() instanceof BatchTarget<?> target && target.writer() instanceof TypedWriter writer) {
            for (StructField column : result.fields()) {
                writer.mend(column).ifPresent(mend -> findings.add(ofType(write, column, mend)));
            }
        }
        return findings;
    }

    private static Optional<Finding> needed(WritePlan write, NeededColumn needed, StructType result) {
        Optional<StructField> found = find(needed.name(), result);
        if (found.isEmpty()) {
            List<String> known = Arrays.asList(result.fieldNames());
            Finding missing = Finding.of(
                            FindingCode.PLAN_SINK_COLUMN,
                            needed.at(),
                            write.target().label() + " needs a column '" + needed.name()
                                    + "', which the result does not have")
                    .why("its columns are " + String.join(", ", known))
                    .suggest(needed.name(), known)
                    .fix(needed.mend());
            return Optional.of(missing).filter(finding -> needed.presence() == Presence.REQUIRED);
        }
        // A column that cannot be null is taken wherever one that can is.
        String type = found.get().dataType().sql().replace(" NOT NULL", "");
        boolean fits = needed.types().isEmpty() || needed.types().stream().anyMatch(type::equalsIgnoreCase);
        return fits
                ? Optional.empty()
                : Optional.of(Finding.of(
                                FindingCode.PLAN_SINK_COLUMN,
                                needed.at(),
                                write.target().label() + " cannot take a column '" + needed.name() + "' of type "
                                        + type)
                        .allow(String.join(", ", needed.types()))
                        .fix(needed.mend()));
    }

    private static Finding ofType(WritePlan write, StructField column, String mend) {
        return Finding.of(
                        FindingCode.PLAN_SINK_COLUMN,
                        write.at(),
                        write.target().label() + " cannot take a column '" + column.name() + "' of type "
                                + column.dataType().sql())
                .fix(mend);
    }

    private static Optional<Finding> partition(WritePlan write, String column, StructType result) {
        List<String> known = Arrays.asList(result.fieldNames());
        return find(column, result).isPresent()
                ? Optional.empty()
                : Optional.of(Finding.of(
                                FindingCode.SQL_UNKNOWN_COLUMN,
                                write.at(),
                                "'partition_by' names column '" + column + "', which the result does not have")
                        .allow(String.join(", ", known))
                        .suggest(column, known));
    }

    private static Optional<StructField> find(String name, StructType result) {
        return Arrays.stream(result.fields())
                .filter(field -> field.name().equalsIgnoreCase(name))
                .findFirst();
    }
}
