package io.odibi.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.describe.DataAddress;
import io.odibi.core.describe.Delivery;
import io.odibi.core.describe.SinkTraits;
import io.odibi.core.describe.Target.FormatTarget;
import io.odibi.core.describe.WriteRequest;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.OutputMode;
import io.odibi.core.model.Processing;
import io.odibi.core.model.WriteMode;
import io.odibi.core.settings.Settings;
import io.odibi.core.text.Located;
import io.odibi.core.text.Position;
import io.odibi.testkit.ConfigValues;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSinkTest {

    private final Given given = new Given();

    @Test
    void writesToOneTopic() {
        FormatTarget target = given.write("topic", "alerts").orElseThrow();

        assertThat(target.format()).isEqualTo("kafka");
        assertThat(target.label()).isEqualTo("kafka topic alerts");
        assertThat(target.options().reveal())
                .containsExactly(
                        Map.entry("kafka.bootstrap.servers", "localhost:9092"),
                        Map.entry("kafka.security.protocol", "PLAINTEXT"),
                        Map.entry("topic", "alerts"));
    }

    @Test
    void writesToTheTopicOfEachRow() {
        FormatTarget target = given.write().orElseThrow();
        assertThat(target.label()).isEqualTo("kafka topic of each row");
        assertThat(target.options().reveal()).doesNotContainKey("topic");
    }

    @Test
    void refusesWhatIsNoTopic() {
        assertThat(given.write("topic", "a,b")).isEmpty();
        assertThat(given.finding().message()).isEqualTo("'topic' cannot be 'a,b'");
    }

    @Test
    void handsOnWhatKafkasProducerTakes() {
        FormatTarget target = given.write("kafka.linger.ms", 20, "kafka.ssl.key.password", "canary")
                .orElseThrow();
        assertThat(target.options().plain()).containsEntry("kafka.linger.ms", "20");
        assertThat(target.toString()).doesNotContain("canary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka.key.serializer",
                "kafka.value.serializer",
                "kafka.transactional.id",
                "kafka.security.protocol",
            })
    void refusesWhatSparkOrTheConnectionDecides(String key) {
        assertThat(given.write("topic", "alerts", key, "x")).isEmpty();
        assertThat(given.finding().message()).isEqualTo("'" + key + "' cannot be set here");
        assertThat(given.finding().at().line()).isEqualTo(2);
    }

    @Test
    void saysThatHeadersCannotBeLeftOut() {
        assertThat(given.write("topic", "alerts", "includeHeaders", true)).isPresent();
        assertThat(given.write("topic", "alerts", "includeHeaders", false)).isEmpty();
        assertThat(given.finding().message()).isEqualTo("'includeHeaders' cannot be false in a write");
    }

    @Test
    void saysWhereToNameATopicThatWasCalledATable() {
        DataAddress table = new DataAddress(
                Given.address().connection(),
                Optional.of(new Located<>("alerts", Position.NONE)),
                Optional.empty(),
                Position.NONE);
        assertThat(given.write(new WriteRequest(
                        table,
                        Processing.BATCH,
                        Optional.empty(),
                        List.of(new Located<>("day", Position.NONE)),
                        none())))
                .isEmpty();
        assertThat(given.findings())
                .flatExtracting(Finding::notes)
                .contains(
                        new Finding.Note(Finding.Label.FIX, "write 'topic: alerts' under 'options'"),
                        new Finding.Note(
                                Finding.Label.FIX,
                                "drop 'partition_by'; a column 'partition' names the partition of each row"));
    }

    @Test
    void promisesEachRowAtLeastOnce() {
        SinkTraits traits = new KafkaSink()
                .traits(new WriteRequest(Given.address(), Processing.STREAMING, Optional.empty(), List.of(), none()));
        assertThat(traits.outputModes()).containsExactlyInAnyOrder(OutputMode.values());
        assertThat(traits.writeModes()).containsExactly(WriteMode.APPEND);
        assertThat(traits.defaultWriteMode()).isEqualTo(WriteMode.APPEND);
        assertThat(traits.delivery().guarantee()).isEqualTo(Delivery.Guarantee.AT_LEAST_ONCE);
    }

    private static Settings none() {
        return new KafkaSink()
                .settings()
                .read(ConfigValues.mapping(), new Findings())
                .orElseThrow();
    }
}
