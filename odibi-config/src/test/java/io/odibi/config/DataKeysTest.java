package io.odibi.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.model.ReadSpec;
import io.odibi.core.model.WriteSpec;
import org.junit.jupiter.api.Test;

class DataKeysTest {

    @Test
    void areTheKeysThatThePlannerSuggests() {
        assertThat(ReadSpec.KEYS).containsExactlyElementsOf(ReadKeys.DECLARATION.names());
        assertThat(WriteSpec.KEYS).containsExactlyElementsOf(WriteKeys.DECLARATION.names());
    }
}
