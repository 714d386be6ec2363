package io.odibi.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.Options;
import io.odibi.core.describe.Storage;
import io.odibi.core.error.ExternalException;
import io.odibi.core.execution.Resources;
import io.odibi.core.plan.Plan;
import io.odibi.core.text.Secret;
import io.odibi.engine.Engine;
import io.odibi.engine.checkpoint.OdibiCheckpointFileManager;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

final class EngineSessionIT {

    @Test
    void startsSparkAndStopsItWhereNobodyHas() {
        Engine.spark().stop();
        SparkSession.clearActiveSession();
        SparkSession.clearDefaultSession();
        SparkSession spark;
        try (EngineSession session = EngineSession.open(plan(Map.of("spark.master", "local[2]")))) {
            spark = session.spark();
            assertThat(spark.conf().get("spark.sql.shuffle.partitions")).isEqualTo("2");
            assertThat(spark.conf().get("spark.sql.session.timeZone")).isEqualTo("UTC");
            assertThat(spark.sparkContext().appName()).isEqualTo("odibi-shop");
            assertThat(spark.sparkContext().uiWebUrl().isEmpty()).isTrue();
            assertThat(spark.sparkContext().conf().get("spark.scheduler.mode")).isEqualTo("FAIR");
            assertThat(spark.sessionState().newHadoopConf().get("spark.sql.streaming.checkpointFileManagerClass"))
                    .isEqualTo(OdibiCheckpointFileManager.class.getName());
            assertThat(session.defaults())
                    .extracting(EngineDefault::name)
                    .contains("spark.sql.shuffle.partitions")
                    .doesNotContain("spark.master");
            assertThat(spark.range(3).count()).isEqualTo(3);
        }
        assertThat(spark.sparkContext().isStopped()).isTrue();
    }

    @Test
    void isASiblingOfASessionThatIsThere() {
        SparkSession there = Engine.spark();
        EngineSession session = EngineSession.open(plan(Map.of("spark.sql.shuffle.partitions", "7")));
        assertThat(session.spark()).isNotSameAs(there);
        assertThat(session.spark().conf().get("spark.sql.shuffle.partitions")).isEqualTo("7");
        assertThat(there.conf().get("spark.sql.shuffle.partitions")).isEqualTo("1");
        assertThat(session.spark().conf().get("spark.sql.variable.substitute")).isEqualTo("false");

        session.close();

        assertThat(there.sparkContext().isStopped()).isFalse();
    }

    @Test
    void isOneForAllThatShareResources() {
        Engine.spark();
        try (Resources resources = new Resources()) {
            EngineSession first = EngineSession.of(resources, plan(Map.of()));
            assertThat(EngineSession.of(resources, plan(Map.of()))).isSameAs(first);
        }
    }

    @Test
    void putsItsFileManagerInFrontOfTheOneThatIsAskedFor() {
        Engine.spark();
        String asked = "org.example.Files";
        EngineSession session =
                EngineSession.open(plan(Map.of("spark.sql.streaming.checkpointFileManagerClass", asked)));
        var hadoop = session.spark().sessionState().newHadoopConf();
        assertThat(hadoop.get("spark.sql.streaming.checkpointFileManagerClass"))
                .isEqualTo(OdibiCheckpointFileManager.class.getName());
        assertThat(hadoop.get(OdibiCheckpointFileManager.DELEGATE)).isEqualTo(asked);
    }

    @Test
    void handsOverWhatAConnectionNeeds() {
        Engine.spark();
        EngineSession session = EngineSession.open(plan(Map.of()));
        session.prepare(Connection.toStorage(
                "s",
                "store",
                new Storage("abfss://x"),
                Options.none()
                        .with("fs.azure.account.auth.type", "SAS")
                        .with("spark.hadoop.fs.azure.key", Secret.of("k"))
                        .with("spark.sql.caseSensitive", "true")));

        var hadoop = session.spark().sparkContext().hadoopConfiguration();
        assertThat(hadoop.get("fs.azure.account.auth.type")).isEqualTo("SAS");
        assertThat(hadoop.get("fs.azure.key")).isEqualTo("k");
        assertThat(session.spark().conf().get("spark.sql.caseSensitive")).isEqualTo("true");
    }

    @Test
    void refusesToStartWithoutSparksChecks() {
        Plan plan = plan(Map.of("spark.sql.streaming.unsupportedOperationCheck", "false"));
        assertThatThrownBy(() -> EngineSession.open(plan))
                .isInstanceOf(ExternalException.class)
                .hasMessage("cannot start Spark: 'spark.sql.streaming.unsupportedOperationCheck' cannot be 'false'");
    }

    private static Plan plan(Map<String, String> engine) {
        return new Plan("shop", List.of(), engine);
    }
}
