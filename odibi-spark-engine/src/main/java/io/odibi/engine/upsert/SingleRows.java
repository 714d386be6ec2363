package io.odibi.engine.upsert;

import io.odibi.core.error.ExternalException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;

/** Of the rows of a batch that is merged by keys, one for each key: which of several counts is decided here, or they are refused. */
public final class SingleRows {

    private static final String RANK = "__odibi_rank";
    private static final String COUNT = "__odibi_count";
    private static final int SHOWN = 3;

    private final String target;
    private final List<String> keys;
    private final Optional<String> orderBy;

    private SingleRows(String target, List<String> keys, Optional<String> orderBy) {
        this.target = target;
        this.keys = List.copyOf(keys);
        this.orderBy = orderBy;
    }

    /** Rows of which none may have the keys of another. */
    public static SingleRows by(String target, List<String> keys) {
        return new SingleRows(target, keys, Optional.empty());
    }

    /** Returns these rows, of which the one with the greatest value in a column counts. */
    public SingleRows newestBy(String column) {
        return new SingleRows(target, keys, Optional.of(column));
    }

    /** Returns the rows that count, lazily; all of them where nothing says which. */
    public Dataset<Row> of(Dataset<Row> rows) {
        return orderBy.map(column -> newest(rows, column)).orElse(rows);
    }

    /**
     * Looks at the rows that count, which is a pass over them.
     *
     * @throws ExternalException if several of them have the same keys
     */
    public void refuseRepeated(Dataset<Row> rows) {
        List<Row> repeated = rows.groupBy(columns())
                .agg(functions.count(functions.lit(1)).as(COUNT))
                .where(functions.col(COUNT).gt(1))
                .limit(SHOWN)
                .collectAsList();
        if (!repeated.isEmpty()) {
            throw new ExternalException("cannot upsert into " + target + ": in one batch are "
                    + repeated.stream().map(this::words).collect(Collectors.joining(", "))
                    + "; 'order_by' names the column whose greatest value wins");
        }
    }

    private Dataset<Row> newest(Dataset<Row> rows, String column) {
        Column rank = functions
                .row_number()
                .over(Window.partitionBy(columns())
                        .orderBy(functions.col(quoted(column)).desc_nulls_last()));
        return rows.withColumn(RANK, rank).where(functions.col(RANK).equalTo(1)).drop(RANK);
    }

    private String words(Row repeated) {
        long count = repeated.getLong(keys.size());
        return count + " rows with "
                + keys.stream()
                        .map(key -> key + " = " + repeated.get(keys.indexOf(key)))
                        .collect(Collectors.joining(" and "));
    }

    private Column[] columns() {
        return keys.stream().map(key -> functions.col(quoted(key))).toArray(Column[]::new);
    }

    /** Returns a column's name as SQL takes it, whatever is in it but dots, which lead into structs. */
    static String quoted(String column) {
        return Arrays.stream(column.split("\\.", -1))
                .map(part -> "`" + part.replace("`", "``") + "`")
                .collect(Collectors.joining("."));
    }
}
