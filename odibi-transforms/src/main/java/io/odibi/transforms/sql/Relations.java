package io.odibi.transforms.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a SQL text may read.
 *
 * @param current what <code>{input}</code> and {@code df} stand for; empty where a node has no input of its own
 * @param named the inputs by their names
 */
record Relations(Optional<Dataset<Row>> current, Map<String, Dataset<Row>> named) {

    /** The word that stands for the current frame, as in the Python Odibi. */
    static final String FRAME_WORD = "df";

    Relations {
        named = Collections.unmodifiableMap(new LinkedHashMap<>(named));
    }

    /** Returns the frame of a name: as it is written, or as Spark reads names, without regard to case. */
    Optional<Dataset<Row>> find(String name) {
        if (current.isPresent() && name.equalsIgnoreCase(FRAME_WORD)) {
            return current;
        }
        Dataset<Row> exact = named.get(name);
        if (exact != null) {
            return Optional.of(exact);
        }
        List<Dataset<Row>> folded = named.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
        return folded.size() == 1 ? Optional.of(folded.get(0)) : Optional.empty();
    }

    /** The names that may stand in a text. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        if (current.isPresent()) {
            names.add("{input}");
            names.add(FRAME_WORD);
        }
        names.addAll(named.keySet());
        return names;
    }
}
