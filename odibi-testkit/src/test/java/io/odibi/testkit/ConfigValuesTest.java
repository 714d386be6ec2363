package io.odibi.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.Position;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigValuesTest {

    @Test
    void givesEachKeyALine() {
        Mapping mapping = ConfigValues.mapping("a", 1, "b", List.of("x"), "c", Map.of("y", true));
        assertThat(mapping.entries()).extracting(Mapping.Entry::key).containsExactly("a", "b", "c");
        assertThat(mapping.entries().get(1).keyAt()).isEqualTo(new Position("test.yaml", 2, 1));
        assertThat(mapping.entries().get(2).value().at()).isEqualTo(new Position("test.yaml", 3, 20));
        assertThat(mapping.entries())
                .extracting(entry -> entry.value().kind())
                .containsExactly("text", "a list", "a mapping");
    }

    @Test
    void replacesAddsAndDropsKeys() {
        Mapping mapping = ConfigValues.mapping("a", 1, "b", 2);
        Mapping changed = ConfigValues.with(ConfigValues.with(mapping, "a", 3), "c", 4);
        assertThat(changed.find("a").orElseThrow().value().at()).isEqualTo(new Position("test.yaml", 1, 20));
        assertThat(changed.entries())
                .extracting(entry -> ((Scalar) entry.value()).text())
                .containsExactly("3", "2", "4");
        assertThat(ConfigValues.without(changed, "b").entries()).hasSize(2);
    }

    @Test
    void tellsNothingFromAnEmptyText() {
        assertThat(ConfigValues.nothing().isNothing()).isTrue();
        assertThat(ConfigValues.quoted("").isNothing()).isFalse();
    }

    @Test
    void refusesHalfAnEntry() {
        assertThatThrownBy(() -> ConfigValues.mapping("a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("after key 'a'");
        assertThatThrownBy(() -> ConfigValues.mapping("a", new Object())).isInstanceOf(IllegalArgumentException.class);
    }
}
