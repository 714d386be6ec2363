package io.odibi.engine.frames;

import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a node makes of its inputs, before it is written.
 *
 * @param rows lazily
 * @param watermarks the node's own, each where it was set; not those of upstream nodes
 */
public record Frame(Dataset<Row> rows, List<PlacedWatermark> watermarks) {

    public Frame {
        Objects.requireNonNull(rows, "rows");
        watermarks = List.copyOf(watermarks);
    }
}
