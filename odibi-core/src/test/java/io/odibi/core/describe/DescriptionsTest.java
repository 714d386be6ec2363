package io.odibi.core.describe;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.text.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptionsTest {

    @Test
    void neverPrintsSecretOptions() {
        Options options = Options.none().with("user", "ann").with("password", Secret.of("canary"));

        assertThat(options.toString()).contains("ann").doesNotContain("canary");
        assertThat(options.reveal()).containsEntry("password", "canary");
    }

    @Test
    void letsTheLaterOptionWinWhetherSecretOrNot() {
        Options earlier = Options.none().with("a", "1").with("b", Secret.of("2"));
        Options later = Options.none().with("a", Secret.of("3")).with("b", "4");

        assertThat(earlier.with(later).reveal())
                .containsEntry("a", "3")
                .containsEntry("b", "4")
                .hasSize(2);
        assertThat(earlier.with(later).plain()).containsOnlyKeys("b");
    }

    @ParameterizedTest
    @CsvSource({
        "/data, events, /data/events",
        "/data/, ./events, /data/events",
        "/data, /else/where, /else/where",
        "/data, s3a://bucket/x, s3a://bucket/x",
        "abfss://c@a.dfs.core.windows.net/lake, bronze/x, abfss://c@a.dfs.core.windows.net/lake/bronze/x",
        "/data, file:/tmp/x, file:/tmp/x",
        "/, x, /x"
    })
    void resolvesPathsAgainstTheirStorage(String root, String path, String resolved) {
        assertThat(new Storage(root).resolve(path)).isEqualTo(resolved);
    }
}
