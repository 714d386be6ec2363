package io.odibi.transforms;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.port.StepException;
import io.odibi.core.text.Located;
import io.odibi.transforms.sql.Sql;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;

/** The columns of a frame, found as Spark finds them: without regard to case, unless the session is told otherwise. */
final class Columns {

    /** What Spark writes beside the event-time column of a frame with a watermark. */
    private static final String WATERMARK = "spark.watermarkDelayMs";

    private static final String CASE_SENSITIVE = "spark.sql.caseSensitive";

    private final Dataset<Row> frame;
    private final boolean caseSensitive;

    private Columns(Dataset<Row> frame) {
        this.frame = frame;
        this.caseSensitive = Boolean.parseBoolean(frame.sparkSession().conf().get(CASE_SENSITIVE, "false"));
    }

    static Columns of(Dataset<Row> frame) {
        return new Columns(frame);
    }

    /** Returns the column of that exact name, whatever characters it has, for use with any frame. */
    static Column named(String name) {
        return functions.col(quoted(name));
    }

    /** Returns a name as Spark reads it back, whatever characters it has. */
    static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    List<StructField> fields() {
        return Arrays.asList(frame.schema().fields());
    }

    List<String> names() {
        return Arrays.asList(frame.columns());
    }

    Optional<StructField> find(String name) {
        return fields().stream().filter(field -> same(field.name(), name)).findFirst();
    }

    boolean same(String one, String other) {
        return caseSensitive ? one.equals(other) : one.equalsIgnoreCase(other);
    }

    /** Returns a name so that two names of one column are equal. */
    String fold(String name) {
        return caseSensitive ? name : name.toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the column of that name.
     *
     * @throws StepException if there is none
     */
    StructField require(Located<String> name) {
        return require(List.of(name)).get(0);
    }

    /**
     * Returns the columns of these names.
     *
     * @throws StepException if one is missing; tells all that are
     */
    List<StructField> require(List<Located<String>> wanted) {
        Findings missing = new Findings();
        List<StructField> found = new ArrayList<>();
        for (Located<String> name : wanted) {
            find(name.value()).ifPresentOrElse(found::add, () -> missing.add(unknown(name)));
        }
        if (missing.hasErrors()) {
            throw new StepException(missing.sorted());
        }
        return found;
    }

    /** Returns the finding that a column is not there. */
    Finding unknown(Located<String> name) {
        return Finding.of(FindingCode.SQL_UNKNOWN_COLUMN, name.at(), "unknown column '" + name.value() + "'")
                .allow(String.join(", ", names()))
                .suggest(name.value(), names());
    }

    /** The event-time column, if the frame has a watermark. */
    Optional<StructField> eventTime() {
        return fields().stream()
                .filter(field -> field.metadata().contains(WATERMARK))
                .findFirst();
    }

    /**
     * Returns the frame with columns put in the place of those of the same name, and others added behind, in the given order.
     */
    Dataset<Row> with(Map<String, Column> changes) {
        return select(changes.entrySet().stream()
                .collect(
                        LinkedHashMap::new,
                        (map, change) -> map.put(
                                change.getKey(), List.of(change.getValue().as(change.getKey()))),
                        Map::putAll));
    }

    /**
     * Returns the frame with each of the named columns replaced by any number of others, and what has no column to replace added
     * behind.
     */
    Dataset<Row> select(Map<String, List<Column>> replacements) {
        Map<String, List<Column>> open = new LinkedHashMap<>();
        replacements.forEach((name, columns) -> open.put(fold(name), columns));
        List<Column> selected = new ArrayList<>();
        List<Column> own = Sql.columnsOf(frame);
        List<String> names = names();
        for (int i = 0; i < own.size(); i++) {
            List<Column> replaced = open.get(fold(names.get(i)));
            if (replaced == null) {
                selected.add(own.get(i));
            } else {
                selected.addAll(replaced);
            }
        }
        names.forEach(name -> open.remove(fold(name)));
        open.values().forEach(selected::addAll);
        return frame.select(selected.toArray(Column[]::new));
    }
}
