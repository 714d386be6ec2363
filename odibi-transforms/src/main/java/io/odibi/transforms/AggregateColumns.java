package io.odibi.transforms;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** Makes columns of aggregate words. */
final class AggregateColumns {

    private AggregateColumns() {}

    static Column of(AggregateFunction function, Column column) {
        return switch (function) {
            case SUM -> functions.sum(column);
            case AVG -> functions.avg(column);
            case MIN -> functions.min(column);
            case MAX -> functions.max(column);
            case COUNT -> functions.count(column);
            case FIRST -> functions.first(column);
        };
    }
}
