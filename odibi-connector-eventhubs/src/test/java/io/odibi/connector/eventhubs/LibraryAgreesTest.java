package io.odibi.connector.eventhubs;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.describe.ScanSchema;
import io.odibi.core.text.Secret;
import io.odibi.testkit.ConfigValues;
import io.odibi.testkit.spark.TestSpark;
import org.apache.spark.eventhubs.EventHubsConf;
import org.apache.spark.eventhubs.EventHubsConf$;
import org.apache.spark.eventhubs.EventHubsUtils;
import org.apache.spark.eventhubs.NameAndPartition;
import org.apache.spark.sql.eventhubs.EventHubsSourceProvider;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import scala.collection.JavaConverters;
import scala.collection.immutable.Map$;

/** What is handed over is what azure-eventhubs-spark takes. */
class LibraryAgreesTest {

    @Test
    void readsTheConnectionString() {
        Secret string = Secret.of(Given.STRING + ";EntityPath=orders");

        assertThat(EventHubsUtils.decrypt(Encrypted.of(string).reveal())).isEqualTo(string.reveal());
        assertThat(Encrypted.of(string).reveal()).isEqualTo(EventHubsUtils.encrypt(string.reveal()));
    }

    @Test
    void hasTheseColumns() {
        // The class asks for Spark's environment when it is loaded.
        assertThat(TestSpark.session()).isNotNull();
        ScanSchema.Fixed known =
                (ScanSchema.Fixed) new Given().stream().orElseThrow().schema();

        assertThat(StructType.fromDDL(known.ddl()).asNullable())
                .isEqualTo(EventHubsSourceProvider.eventHubsSchema().asNullable());
    }

    @Test
    @SuppressWarnings("unchecked")
    void readsTheOptions() {
        var options = new Given()
                .batch(
                        "startingPosition",
                        5,
                        "startingPositions",
                        ConfigValues.mapping("1", "2026-01-31T08:00:00Z"),
                        "endingPosition",
                        "latest",
                        "prefetchCount",
                        7,
                        "threadPoolSize",
                        3,
                        "consumer_group",
                        "two")
                .orElseThrow()
                .options()
                .reveal();
        EventHubsConf conf = EventHubsConf$.MODULE$.toConf((scala.collection.immutable.Map<String, String>)
                (Object) Map$.MODULE$.<String, String>empty().$plus$plus(JavaConverters.mapAsScalaMap(options)));

        assertThat(conf.name()).isEqualTo("orders");
        assertThat(conf.consumerGroup().get()).isEqualTo("two");
        assertThat(conf.startingPosition().get().seqNo()).isEqualTo(5);
        assertThat(conf.startingPositions()
                        .get()
                        .apply(new NameAndPartition("orders", 1))
                        .enqueuedTime()
                        .toInstant())
                .hasToString("2026-01-31T08:00:00Z");
        assertThat(conf.endingPosition().get().offset()).isEqualTo("@latest");
        assertThat(conf.prefetchCount().get()).isEqualTo(7);
        assertThat(conf.threadPoolSize().get()).isEqualTo(3);
        assertThat(conf.receiverTimeout().get()).hasToString("PT30S");
        assertThat(conf.operationTimeout().get()).hasToString("PT1M");
        assertThat(conf.useExclusiveReceiver()).isTrue();
    }
}
