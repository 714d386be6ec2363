package io.odibi.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class EngineDefaultsTest {

    @Test
    void usesAllCoresOfThisMachineWhereNoClusterIsNamed() {
        assertThat(choose(Map.of()))
                .containsEntry("spark.master", "local[*]")
                .containsEntry("spark.sql.shuffle.partitions", "6")
                .containsEntry("spark.databricks.delta.snapshotPartitions", "1")
                .containsEntry("spark.app.name", "odibi-shop")
                .containsEntry("spark.driver.bindAddress", "127.0.0.1");
    }

    @Test
    void countsTheCoresThatAreGiven() {
        assertThat(choose(Map.of("spark.master", "local[2]"))).containsEntry("spark.sql.shuffle.partitions", "2");
        assertThat(choose(Map.of("spark.master", "local"))).containsEntry("spark.sql.shuffle.partitions", "1");
        assertThat(choose(Map.of("spark.master", "local[3,4]"))).containsEntry("spark.sql.shuffle.partitions", "3");
    }

    @Test
    void leavesAClusterItsShufflePartitionsAndAddresses() {
        assertThat(choose(Map.of("spark.master", "yarn")))
                .doesNotContainKeys("spark.master", "spark.sql.shuffle.partitions", "spark.driver.host")
                .containsEntry("spark.databricks.delta.snapshotPartitions", "4");
    }

    @Test
    void neverOverridesWhatIsGiven() {
        assertThat(choose(Map.of("spark.ui.enabled", "true", "spark.sql.shuffle.partitions", "64")))
                .doesNotContainKeys("spark.ui.enabled", "spark.sql.shuffle.partitions");
    }

    @Test
    void saysWhy() {
        assertThat(EngineDefaults.choose("shop", Map.of(), 6))
                .allSatisfy(one -> assertThat(one.why()).isNotBlank().doesNotEndWith("."));
    }

    @Test
    void refusesToTakeChecksAway() {
        assertThat(LockedSettings.check(Map.of(
                                "spark.sql.streaming.unsupportedOperationCheck", "False",
                                "spark.sql.streaming.stateStore.stateSchemaCheck", "false",
                                "spark.sql.shuffle.partitions", "2"))
                        .sorted())
                .extracting(finding -> finding.message())
                .containsExactly(
                        "'spark.sql.streaming.stateStore.stateSchemaCheck' cannot be 'false'",
                        "'spark.sql.streaming.unsupportedOperationCheck' cannot be 'false'");
        assertThat(LockedSettings.check(Map.of("spark.sql.streaming.unsupportedOperationCheck", "true"))
                        .sorted())
                .isEmpty();
    }

    private static Map<String, String> choose(Map<String, String> given) {
        return EngineDefaults.choose("shop", given, 6).stream()
                .collect(Collectors.toMap(EngineDefault::name, EngineDefault::value));
    }
}
