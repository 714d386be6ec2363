package io.odibi.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.describe.Connection;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaConnectionTest {

    private static final String WORD = "c4n4ry";
    private static final String CANARY = "hunter2\"\\\n;} canary";

    private final Given given = new Given();

    @Test
    void needsBootstrapServersOnly() {
        assertThat(given.connection("bootstrap_servers", "a:9092")
                        .orElseThrow()
                        .options()
                        .reveal())
                .containsExactly(
                        Map.entry("kafka.bootstrap.servers", "a:9092"),
                        Map.entry("kafka.security.protocol", "PLAINTEXT"));
        assertThat(given.findings()).isEmpty();
    }

    @Test
    void saysThatBootstrapServersAreMissing() {
        assertThat(given.connection()).isEmpty();
        assertThat(given.finding().code()).isEqualTo(FindingCode.CONFIG_MISSING_KEY);
        assertThat(given.finding().message()).isEqualTo("'bootstrap_servers' is missing");
    }

    @Test
    void takesServersWithCommasAndAsList() {
        assertThat(given.connection("bootstrap_servers", "a:1, b:2,,a:1"))
                .map(KafkaConnectionTest::servers)
                .contains("a:1,b:2");
        assertThat(given.connection("bootstrap_servers", List.of("a:1", "[::1]:2", "kafka_1.lan:3")))
                .map(KafkaConnectionTest::servers)
                .contains("a:1,[::1]:2,kafka_1.lan:3");
        assertThat(given.connection("kafka.bootstrap.servers", "10.0.0.1:9092"))
                .map(KafkaConnectionTest::servers)
                .contains("10.0.0.1:9092");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 'add the port, such as :9092'",
        "localhost:0, ports go from 1 to 65535",
        "localhost:65536, ports go from 1 to 65535",
        "SASL_SSL://localhost:9092, 'leave out what stands before ''//'', and say it in ''security_protocol'''",
        "a b:9092, such as broker-1:9092",
        "localhost:port, such as broker-1:9092",
    })
    void refusesWhatIsNoServer(String server, String hint) {
        assertThat(given.connection("bootstrap_servers", "good:9092," + server)).isEmpty();
        assertThat(given.finding().message()).isEqualTo("'bootstrap_servers' cannot hold '" + server + "'");
        assertThat(given.finding().notes())
                .contains(
                        new Finding.Note(Finding.Label.HINT, hint), new Finding.Note(Finding.Label.ALLOW, "host:port"));
    }

    @ParameterizedTest
    @CsvSource({"PLAIN,PLAIN", "scram-sha-256,SCRAM-SHA-256", "SCRAM_SHA_512,SCRAM-SHA-512"})
    void buildsALoginThatKafkaReads(String written, String mechanism) {
        Connection connection = given.connection(
                        "bootstrap_servers", "a:1",
                        "security_protocol", "SASL_SSL",
                        "sasl_mechanism", written,
                        "sasl_username", "al\"i\\ce",
                        "sasl_password", CANARY)
                .orElseThrow();

        Map<String, String> options = connection.options().reveal();
        assertThat(options).containsEntry("kafka.sasl.mechanism", mechanism);
        var login = JaasContext.loadClientContext(
                        Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(options.get("kafka.sasl.jaas.config"))))
                .configurationEntries()
                .get(0);
        assertThat(login.getLoginModuleName())
                .endsWith(mechanism.equals("PLAIN") ? ".PlainLoginModule" : ".ScramLoginModule");
        assertThat(login.getOptions()).isEqualTo(Map.of("username", "al\"i\\ce", "password", CANARY));
    }

    @Test
    void showsNoSecret() {
        Connection connection = given.connection(
                        "bootstrap_servers", "a:1",
                        "security_protocol", "SASL_SSL",
                        "sasl_mechanism", "PLAIN",
                        "sasl_username", "alice",
                        "sasl_password", "canary",
                        "kafka.ssl.keystore.password", "canary",
                        "kafka.ssl.keystore.key", "canary",
                        "kafka.ssl.key.password", "canary",
                        "kafka.sasl.oauthbearer.token.endpoint.url", "canary",
                        "kafka.client.secret", "canary",
                        "kafka.ssl.keystore.location", "/etc/keystore")
                .orElseThrow();

        assertThat(connection.toString()).doesNotContain("canary").contains("/etc/keystore");
        assertThat(connection.options().secret()).hasSize(6);
        assertThat(connection.options().reveal()).containsEntry("kafka.ssl.key.password", "canary");
    }

    @Test
    void tellsOfALoginWithoutItsParts() {
        assertThat(given.connection("bootstrap_servers", "a:1", "security_protocol", "SASL_SSL"))
                .isEmpty();
        assertThat(given.finding().message()).isEqualTo("'sasl_mechanism' is missing");
        assertThat(given.finding().at().line()).isEqualTo(2);
    }

    @Test
    void tellsOfALoginWithoutUserAndPassword() {
        assertThat(given.connection(
                        "bootstrap_servers", "a:1", "security_protocol", "SASL_SSL", "sasl_mechanism", "PLAIN"))
                .isEmpty();
        assertThat(given.findings())
                .extracting(Finding::message)
                .containsExactly("'sasl_password' is missing", "'sasl_username' is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "my.Module required user='al' password='" + WORD + "';",
                "my.Module required password = \"" + WORD + "\" user=\"al\";",
                "my.Module required\n  user=\"al\"\n  password=\"" + WORD + "\";\n",
                "my.Module required user=al password=" + WORD + ";",
            })
    void takesALoginOfTheUsersOwnSoThatSparkHidesItWhole(String login) {
        String jaas = given.connection(
                        "bootstrap_servers", "a:1",
                        "security_protocol", "SASL_SSL",
                        "sasl_mechanism", "PLAIN",
                        "kafka.sasl.jaas.config", login)
                .orElseThrow()
                .options()
                .reveal()
                .get("kafka.sasl.jaas.config");

        var read = JaasContext.loadClientContext(Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(jaas)))
                .configurationEntries()
                .get(0);
        assertThat(read.getLoginModuleName()).isEqualTo("my.Module");
        assertThat(read.getOptions()).isEqualTo(Map.of("user", "al", "password", WORD));
        // As Spark's KafkaRedactionUtil does it.
        assertThat(jaas.replaceAll("password=\".*\"", "***")).doesNotContain(WORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GSSAPI", "OAUTHBEARER", "AWS_MSK_IAM"})
    void leavesOtherMechanismsToTheirOwnOptions(String mechanism) {
        assertThat(given.connection(
                                "bootstrap_servers", "a:1",
                                "security_protocol", "SASL_SSL",
                                "sasl_mechanism", mechanism,
                                "kafka.sasl.client.callback.handler.class", "some.Handler")
                        .orElseThrow()
                        .options()
                        .reveal())
                .containsEntry("kafka.sasl.mechanism", mechanism)
                .containsEntry("kafka.sasl.client.callback.handler.class", "some.Handler")
                .doesNotContainKey("kafka.sasl.jaas.config");
    }

    @Test
    void refusesTwoLogins() {
        assertThat(given.connection(
                        "bootstrap_servers", "a:1",
                        "security_protocol", "SASL_SSL",
                        "sasl_mechanism", "PLAIN",
                        "sasl_username", "alice",
                        "kafka.sasl.jaas.config", "my.Module required;"))
                .isEmpty();
        assertThat(given.finding().message())
                .isEqualTo("'sasl_username' and 'kafka.sasl.jaas.config' both say how to log in");
        assertThat(given.finding().at().line()).isEqualTo(4);
    }

    @Test
    void refusesAPasswordForAMechanismThatTakesNone() {
        assertThat(given.connection(
                        "bootstrap_servers", "a:1",
                        "security_protocol", "SASL_SSL",
                        "sasl_mechanism", "GSSAPI",
                        "sasl_username", "alice"))
                .isEmpty();
        assertThat(given.finding().message())
                .isEqualTo("'sasl_username' and 'sasl_mechanism: GSSAPI' exclude each other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sasl_username", "sasl_password", "kafka.sasl.jaas.config", "kafka.SASL.jaas.config"})
    void refusesALoginWithoutAProtocolForIt(String key) {
        assertThat(given.connection("bootstrap_servers", "a:1", key, "canary")).isEmpty();
        assertThat(given.finding().message()).isEqualTo("'" + key + "' needs a protocol that logs in");
        assertThat(given.finding().code()).isEqualTo(FindingCode.CONFIG_CONFLICT);
        assertThat(given.finding().toString()).doesNotContain("canary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka.auto.offset.reset",
                "kafka.key.deserializer",
                "kafka.value.deserializer",
                "kafka.enable.auto.commit",
                "kafka.interceptor.classes",
                "kafka.key.serializer",
                "kafka.value.serializer",
                "kafka.transactional.id",
                "kafka.Auto.Offset.Reset",
            })
    void refusesOptionsThatSparkDecides(String key) {
        assertThat(given.connection("bootstrap_servers", "a:1", key, "x")).isEmpty();
        assertThat(given.finding().message()).isEqualTo("'" + key + "' cannot be set here");
        assertThat(given.finding().at().line()).isEqualTo(2);
        assertThat(given.finding().notes())
                .extracting(Finding.Note::label)
                .containsExactly(Finding.Label.WHY, Finding.Label.FIX);
    }

    @Test
    void refusesASettingInTwoSpellings() {
        assertThat(given.connection("bootstrap_servers", "a:1", "kafka.bootstrap.servers", "b:1"))
                .isEmpty();
        assertThat(given.finding().message()).contains("mean the same");
    }

    @Test
    void refusesAnOptionInTwoSpellings() {
        assertThat(given.connection("bootstrap_servers", "a:1", "kafka.client.id", "x", "kafka.Client.ID", "y"))
                .isEmpty();
        assertThat(given.finding().message()).isEqualTo("'kafka.Client.ID' and 'kafka.client.id' mean the same");
    }

    @Test
    void warnsOfAGroup() {
        assertThat(given.connection("bootstrap_servers", "a:1", "kafka.group.id", "mine"))
                .isPresent();
        assertThat(given.finding().isError()).isFalse();
        assertThat(given.finding().message()).isEqualTo("'kafka.group.id' can take rows away from another read");
    }

    private static String servers(Connection connection) {
        return connection.options().plain().get("kafka.bootstrap.servers");
    }
}
