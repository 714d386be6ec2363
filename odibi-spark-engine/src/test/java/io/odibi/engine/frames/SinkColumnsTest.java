package io.odibi.engine.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.describe.NeededColumn;
import io.odibi.core.describe.NeededColumn.Presence;
import io.odibi.core.text.Position;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SinkColumnsTest {

    private static final List<NeededColumn> NEEDED = List.of(needed("body"), needed("partitionKey"));

    @Test
    void spellsColumnsAsTheSinkDoes() {
        assertThat(SinkColumns.names(List.of("id", "Body", "PARTITIONKEY"), NEEDED))
                .containsOnly(entry("Body", "body"), entry("PARTITIONKEY", "partitionKey"));
    }

    @Test
    void leavesColumnsThatFitAndThoseOfOtherNames() {
        assertThat(SinkColumns.names(List.of("body", "BODY", "key"), NEEDED)).isEmpty();
    }

    private static Map.Entry<String, String> entry(String written, String name) {
        return Map.entry(written, name);
    }

    private static NeededColumn needed(String name) {
        return new NeededColumn(name, List.of(), Presence.OPTIONAL, "mend it", Position.NONE);
    }
}
