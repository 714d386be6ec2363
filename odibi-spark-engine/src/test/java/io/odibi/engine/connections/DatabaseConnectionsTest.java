package io.odibi.engine.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.ConnectionRequest;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.Findings;
import io.odibi.core.port.ConnectionType;
import io.odibi.testkit.ConfigValues;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseConnectionsTest {

    private final Findings findings = new Findings();

    @Test
    void tellsThePostgresDriverWhatTheProjectSays() {
        Connection connection = describe(
                new PostgresConnectionType(),
                "server",
                "db",
                "database",
                "my shop",
                "username",
                "odibi",
                "password",
                "pa55",
                "sslmode",
                "require",
                "schema",
                "Sales");

        assertThat(connection.options().plain())
                .containsEntry("url", "jdbc:postgresql://db:5432/my+shop")
                .containsEntry("driver", "org.postgresql.Driver")
                .containsEntry("user", "odibi")
                .containsEntry("sslmode", "require")
                .containsEntry("currentSchema", "\"Sales\"")
                .containsEntry("connectTimeout", "30");
        assertThat(connection.options().secret()).containsOnlyKeys("password");
        assertThat(connection.toString()).doesNotContain("pa55");
    }

    @Test
    void logsInToSqlServerInEachOfItsWays() {
        Connection login = sqlServer(Map.of("mode", "sql_login", "username", "u", "password", "p4ss"));
        assertThat(login.options().plain())
                .containsEntry("url", "jdbc:sqlserver://db:1433")
                .containsEntry("databaseName", "shop")
                .containsEntry("encrypt", "true")
                .containsEntry("trustServerCertificate", "false")
                .containsEntry("user", "u")
                .doesNotContainKey("authentication");
        assertThat(login.options().reveal()).containsEntry("password", "p4ss");

        Connection principal = sqlServer(
                Map.of("mode", "aad_password", "tenant_id", "t", "client_id", "c", "client_secret", "s3cret"));
        assertThat(principal.options().plain())
                .containsEntry("authentication", "ActiveDirectoryServicePrincipal")
                .containsEntry("user", "c");
        assertThat(principal.options().reveal()).containsEntry("password", "s3cret");

        assertThat(sqlServer(Map.of("mode", "aad_msi", "client_id", "c"))
                        .options()
                        .plain())
                .containsEntry("authentication", "ActiveDirectoryMSI")
                .containsEntry("msiClientId", "c");
        assertThat(describe(new SqlServerConnectionType(), "host", "db", "database", "shop")
                        .options()
                        .plain())
                .containsEntry("authentication", "ActiveDirectoryMSI");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Server=tcp:x.database.windows.net,1433;Database=y;User ID=me;Password=pa55=w0rd|pa55=w0rd",
                "Driver={ODBC Driver 18 for SQL Server};Server=x;UID=me;PWD={pa;55}}w0rd};|pa;55}w0rd",
                "jdbc:sqlserver://x:1433;databaseName=y;user=me;password=\"pa;55\"|pa;55",
                "User Id = me; Password = pa55 ;Encrypt=yes|pa55"
            })
    void takesWhoLogsInFromAConnectionStringAndKeepsItSecret(String text, String password) {
        Connection connection = sqlServer(Map.of("mode", "connection_string", "connection_string", text));

        assertThat(connection.options().reveal()).containsEntry("user", "me").containsEntry("password", password);
        assertThat(connection.toString()).doesNotContain("55");
    }

    @Test
    void saysWhatALoginLacks() {
        assertThat(message(
                        new SqlServerConnectionType(),
                        "host",
                        "db",
                        "database",
                        "shop",
                        "auth",
                        Map.of("mode", "sql_login", "username", "u")))
                .isEqualTo("'mode: sql_login' needs 'password'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://u:pa55@db/shop",
                "jdbc:postgresql://db/shop?user=u&password=pa55",
                "jdbc:postgresql://db/shop?sslpassword=pa55",
                "jdbc:sqlserver://db:1433;databaseName=x;user=u;password=pa55",
                "jdbc:sqlserver://db;Password = pa55",
                "jdbc:sqlserver://db;accessToken=pa55",
                "jdbc:mysql://u:pa55@db:3306/shop",
                "jdbc:mysql://(host=db,user=u,password=pa55)/shop",
                "jdbc:mysql://db1,u:pa55@db2/shop",
                "jdbc:oracle:thin:scott/pa55@db:1521/x",
                "jdbc:h2:mem:x;USER=u;PWD=pa55"
            })
    void refusesAPasswordInTheUrl(String url) {
        Findings told = new Findings();
        Optional<Connection> described = find(new JdbcConnectionType(), told, "url", url.replace(" ", ""));

        assertThat(described).isEmpty();
        assertThat(told.sorted())
                .singleElement()
                .satisfies(finding -> assertThat(finding.toString())
                        .contains("'url' cannot have a password in it", "password: \"${VARIABLE}\"")
                        .doesNotContain("pa55"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db:5432/shop?user=me&ssl=true",
                "jdbc:sqlserver://db:1433;databaseName=x;user=me@server",
                "jdbc:oracle:thin:@//db:1521/x",
                "jdbc:oracle:thin:@db:1521:x",
                "jdbc:mysql://me@db/shop",
                "jdbc:postgresql://[::1]:5432/shop",
                "jdbc:sqlite:/tmp/file.db"
            })
    void takesUrlsWithoutAPassword(String url) {
        Connection connection = describe(new JdbcConnectionType(), "url", url);

        assertThat(connection.options().plain()).containsEntry("url", url).containsKey("driver");
    }

    @Test
    void keepsPropertiesSecretByTheirNames() {
        Connection connection = describe(
                new JdbcConnectionType(),
                "url",
                "jdbc:some:db",
                "properties",
                Map.of("trustStorePassword", "a", "apiToken", "b", "ssl", "true"));

        assertThat(connection.options().plain()).containsEntry("ssl", "true").doesNotContainKey("driver");
        assertThat(connection.options().secret()).containsOnlyKeys("trustStorePassword", "apiToken");
        assertThat(message(new JdbcConnectionType(), "url", "jdbc:some:db", "properties", Map.of("dbtable", "x")))
                .isEqualTo("'properties' cannot have 'dbtable'");
    }

    private Connection sqlServer(Map<String, String> auth) {
        return describe(new SqlServerConnectionType(), "host", "db", "database", "shop", "auth", auth);
    }

    private Connection describe(ConnectionType type, Object... settings) {
        Optional<Connection> found = find(type, findings, settings);
        assertThat(findings.sorted()).isEmpty();
        return found.orElseThrow();
    }

    private static String message(ConnectionType type, Object... settings) {
        Findings told = new Findings();
        assertThat(find(type, told, settings)).isEmpty();
        return told.sorted().stream().map(Finding::message).findFirst().orElseThrow();
    }

    private static Optional<Connection> find(ConnectionType type, Findings told, Object... settings) {
        return type.settings()
                .read(ConfigValues.mapping(settings), told)
                .flatMap(read -> type.describe(new ConnectionRequest("c", "t", read, Path.of("/p")), told));
    }
}
