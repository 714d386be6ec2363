package io.odibi.engine.frames;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.streaming.StreamingRelationV2;
import org.apache.spark.sql.execution.streaming.StreamingRelation;
import scala.collection.JavaConverters;

/**
 * The names that a project's streams have for people. Spark tells of its sources in words of their own, some with paths, settings or the
 * number of an object in memory; but it tells of them in the order in which they stand in the plan, and a plan keeps what was read.
 */
final class StreamNames {

    /** By what a relation reads through: that stays the same object when Spark copies the relation. */
    private final Map<Object, String> names = Collections.synchronizedMap(new IdentityHashMap<>());

    /** Names the streams of a read; a batch read has none. */
    void put(Dataset<Row> read, String name) {
        streams(read).forEach(stream -> names.put(source(stream), name));
    }

    /**
     * Returns the names of the streams that rows are made of, in the order in which Spark tells of them; one that is read twice stands
     * there twice. Empty if one has no name.
     */
    List<String> of(Dataset<Row> rows) {
        List<String> found = streams(rows).stream()
                .map(stream -> names.getOrDefault(source(stream), ""))
                .toList();
        return found.contains("") ? List.of() : found;
    }

    /** Two relations that are equal become one source. */
    private static Set<LogicalPlan> streams(Dataset<Row> rows) {
        Set<LogicalPlan> streams = new LinkedHashSet<>();
        JavaConverters.seqAsJavaList(rows.queryExecution().analyzed().collectLeaves()).stream()
                .filter(leaf -> leaf instanceof StreamingRelation || leaf instanceof StreamingRelationV2)
                .forEach(streams::add);
        return streams;
    }

    private static Object source(LogicalPlan stream) {
        return stream instanceof StreamingRelation relation
                ? relation.dataSource()
                : ((StreamingRelationV2) stream).table();
    }
}
