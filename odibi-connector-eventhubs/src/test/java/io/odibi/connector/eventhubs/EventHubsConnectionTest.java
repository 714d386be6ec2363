package io.odibi.connector.eventhubs;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.describe.Connection;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.testkit.Contract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventHubsConnectionTest {

    private final Given given = new Given();

    @Test
    void showsNothingOfTheStringButItsHost() {
        Connection connection =
                given.connection("connection_string", Given.STRING).orElseThrow();

        assertThat(connection.options().plain()).containsEntry("eventhubs.host", "shop.servicebus.windows.net");
        assertThat(connection.toString()).doesNotContain(Contract.CANARY).doesNotContain("SharedAccess");
    }

    @Test
    void takesTheHubFromTheString() {
        assertThat(given.connection("connection_string", Given.STRING + ";EntityPath=orders")
                        .orElseThrow()
                        .options()
                        .plain())
                .containsEntry("event_hub", "orders")
                .containsEntry("consumer_group", "$Default");
    }

    @Test
    void refusesTwoHubs() {
        assertThat(given.connection("connection_string", Given.STRING + ";EntityPath=orders", "event_hub", "returns"))
                .isEmpty();
        assertThat(given.finding().code()).isEqualTo(FindingCode.CONFIG_CONFLICT);
        assertThat(given.finding().at().line()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UseDevelopmentEmulator=true | has a part that is not known | it begins with 'UseDevelopmentEmulator='",
                "Namespace=x | has a part that is not known | it begins with 'Namespace='",
                "endpoint=sb://other/ | says 'Endpoint' twice | each part once",
                "OperationTimeout=PT5M | has a part that is not known | it begins with 'OperationTimeout='",
                "TransportType=Pigeon | names no transport in 'TransportType' | Amqp, AmqpWebSockets",
                "EntityPath=two hubs | names no hub in 'EntityPath' | a hub's name",
                "SharedAccessSignature=sr=x | does not say how to log in | either SharedAccessKeyName"
            })
    void refusesPartsThatTheLibraryWouldSwallow(String part, String message, String note) {
        assertThat(given.connection("connection_string", Given.STRING + ";" + part))
                .isEmpty();

        Finding finding = given.finding();
        assertThat(finding.message()).isEqualTo("'connection_string' " + message);
        assertThat(finding.notes()).anyMatch(told -> told.text().contains(note));
        assertThat(finding.toString()).doesNotContain(Contract.CANARY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Endpoint=sb://a.b/;SharedAccessKeyName=n",
                "Endpoint=sb://a.b/;SharedAccessKeyName=n;SharedAccessKey=",
                "Endpoint=sb://a.b/",
                "SharedAccessKeyName=n;SharedAccessKey=k",
                "Endpoint=https://a.b/;SharedAccessKeyName=n;SharedAccessKey=k",
                "canary-7f3a91 is all that there is"
            })
    void refusesAStringThatLacksSomethingWithoutShowingIt(String string) {
        assertThat(given.connection("connection_string", string)).isEmpty();
        assertThat(given.findings().toString()).doesNotContain(Contract.CANARY);
    }

    @Test
    void refusesAPortThatTheClientsWouldPassOver() {
        assertThat(given.connection("connection_string", Given.STRING.replace(".net/", ".net:9999/")))
                .isEmpty();
        assertThat(given.finding().message()).isEqualTo("'connection_string' names a port in 'Endpoint'");
    }

    @Test
    void takesASignature() {
        assertThat(given.connection(
                        "connection_string",
                        "Endpoint=sb://a.b/;SharedAccessSignature=SharedAccessSignature sr=x&sig=y%3D&se=1&skn=n"))
                .isPresent();
    }

    @Test
    void logsInToTheKafkaEndpointWithTheStringAsPassword() {
        Connection connection = given.connection("connection_string", Given.STRING, "protocol", "kafka")
                .orElseThrow();

        assertThat(connection.options().plain())
                .containsEntry("kafka.bootstrap.servers", "shop.servicebus.windows.net:9093")
                .containsEntry("kafka.security.protocol", "SASL_SSL")
                .containsEntry("kafka.sasl.mechanism", "PLAIN");
        assertThat(connection.options().secret().get("kafka.sasl.jaas.config").reveal())
                .isEqualTo("org.apache.kafka.common.security.plain.PlainLoginModule required"
                        + " username=\"$ConnectionString\" password=\"" + Given.STRING + "\";");
    }

    @Test
    void keepsTheHubInThePasswordForTheKafkaEndpoint() {
        Connection connection = given.connection(
                        "connection_string", Given.STRING + ";EntityPath=orders", "protocol", "kafka")
                .orElseThrow();

        assertThat(connection.options().secret().get("kafka.sasl.jaas.config").reveal())
                .endsWith(" password=\"" + Given.STRING + ";EntityPath=orders\";");
    }

    @Test
    void refusesKafkasSettingsOverAmqpAndItsLogin() {
        given.connection(
                "connection_string", Given.STRING, "kafka_bootstrap_servers", "localhost:9093", "kafka.linger.ms", "5");
        assertThat(given.findings())
                .extracting(Finding::message)
                .containsExactly(
                        "'kafka_bootstrap_servers' is for 'protocol: kafka'",
                        "'kafka.linger.ms' is for 'protocol: kafka'");

        Given login = new Given();
        login.connection("connection_string", Given.STRING, "protocol", "kafka", "kafka.sasl.mechanism", "OAUTHBEARER");
        assertThat(login.finding().message()).isEqualTo("'kafka.sasl.mechanism' cannot be set here");
    }
}
