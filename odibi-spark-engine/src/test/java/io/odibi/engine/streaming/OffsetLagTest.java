package io.odibi.engine.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class OffsetLagTest {

    @Test
    void sumsWhatWaitsOverTopicsAndPartitions() {
        assertThat(OffsetLag.between(
                        "{\"a\":{\"0\":10,\"1\":5},\"b.c\":{\"0\":0}}", "{\"a\":{\"1\":8,\"0\":12},\"b.c\":{\"0\":4}}"))
                .hasValue(9);
    }

    @Test
    void countsNothingForAPartitionThatIsNew() {
        assertThat(OffsetLag.between("{\"a\":{\"0\":10}}", "{\"a\":{\"0\":10,\"1\":70}}"))
                .hasValue(0);
    }

    @Test
    void knowsNothingOfOtherOffsets() {
        assertThat(OffsetLag.between("12", "15")).isEmpty();
        assertThat(OffsetLag.between("{\"logOffset\":3}", "{\"logOffset\":4}")).isEmpty();
        assertThat(OffsetLag.between(null, "{\"a\":{\"0\":10}}")).isEmpty();
        assertThat(OffsetLag.between("{\"a\":{\"0\":10}}", null)).isEmpty();
    }
}
