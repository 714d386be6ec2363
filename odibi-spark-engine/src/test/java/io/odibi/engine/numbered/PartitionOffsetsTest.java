package io.odibi.engine.numbered;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PartitionOffsetsTest {

    @Test
    void readsWhatItWrites() {
        PartitionOffsets offsets = of("{ \"a\": {\"10\":4,\"2\":-1}, \"b \\\" c\":{} }");

        assertThat(offsets.json()).isEqualTo("{\"a\":{\"2\":-1,\"10\":4},\"b\\\"c\":{}}");
        assertThat(of(offsets.json())).isEqualTo(offsets);
        assertThat(PartitionOffsets.read("{\"logOffset\":3}")).isEmpty();
    }

    @Test
    void givesEachPartitionItsShareAndAtLeastOneRow() {
        PartitionOffsets start = of("{\"a\":{\"0\":100,\"1\":0,\"2\":7}}");
        PartitionOffsets end = of("{\"a\":{\"0\":1000,\"1\":1,\"2\":7}}");

        assertThat(start.limited(end, 90)).isEqualTo(of("{\"a\":{\"0\":190,\"1\":1,\"2\":7}}"));
        assertThat(start.limited(end, 10_000)).isEqualTo(end);
    }

    @Test
    void goesBackWithAPartitionThatIsMadeAnew() {
        PartitionOffsets start = of("{\"a\":{\"0\":100,\"1\":0}}");
        PartitionOffsets end = of("{\"a\":{\"0\":3,\"1\":50}}");

        assertThat(start.limited(end, 5)).isEqualTo(of("{\"a\":{\"0\":3,\"1\":5}}"));
        assertThat(start.until(end)).isEqualTo(50);
    }

    private static PartitionOffsets of(String json) {
        return PartitionOffsets.read(json).orElseThrow();
    }
}
