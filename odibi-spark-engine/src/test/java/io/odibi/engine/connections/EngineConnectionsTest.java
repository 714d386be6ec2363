package io.odibi.engine.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odibi.core.catalog.PluginCatalog;
import io.odibi.core.describe.Connection;
import io.odibi.core.describe.ConnectionRequest;
import io.odibi.core.describe.Storage;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.Findings;
import io.odibi.core.port.ConnectionType;
import io.odibi.engine.SparkEnginePlugin;
import io.odibi.engine.azure.SharedAccessSignature;
import io.odibi.testkit.ConfigValues;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class EngineConnectionsTest {

    private static final String HOST = "shop.dfs.core.windows.net";

    private final PluginCatalog catalog = PluginCatalog.of(List.of(new SparkEnginePlugin()));
    private final Findings findings = new Findings();

    @Test
    void keepsTheKeysOfABucketToTheBucket() {
        Connection s3 = describe(
                "s3",
                "bucket",
                "lake-1",
                "base_path",
                "raw/",
                "region",
                "eu-central-1",
                "access_key",
                "id",
                "secret_key",
                "key");

        assertThat(s3.storage()).contains(new Storage("s3a://lake-1/raw"));
        assertThat(s3.session().plain())
                .isEqualTo(Map.of("spark.hadoop.fs.s3a.bucket.lake-1.endpoint.region", "eu-central-1"));
        assertThat(s3.session().reveal())
                .containsEntry("spark.hadoop.fs.s3a.bucket.lake-1.access.key", "id")
                .containsEntry("spark.hadoop.fs.s3a.bucket.lake-1.secret.key", "key");
        assertThat(s3.toString()).doesNotContain("=key");
    }

    @Test
    void refusesHalfAKey() {
        assertThat(find("s3", "bucket", "lake-1", "access_key", "id")).isEmpty();
        assertThat(findings.sorted()).extracting(Finding::message).containsExactly("the key of S3 is not whole");
    }

    @Test
    void logsInToAnAccountByItsKeyOrByAPrincipalOrByTheMachine() {
        Connection key = describe(
                "azure_adls",
                "account_name",
                "shop",
                "container",
                "raw",
                "auth",
                Map.of("mode", "account_key", "account_key", "k3y"));
        assertThat(key.storage()).contains(new Storage("abfss://raw@" + HOST));
        assertThat(key.session().reveal())
                .isEqualTo(Map.of(
                        "spark.hadoop.fs.azure.account.auth.type." + HOST, "SharedKey",
                        "spark.hadoop.fs.azure.account.key." + HOST, "k3y"));

        Connection principal = describe(
                "azure_blob",
                "account_name",
                "shop",
                "container",
                "raw",
                "auth",
                Map.of("mode", "service_principal", "tenant_id", "t", "client_id", "c", "client_secret", "s3cret"));
        assertThat(principal.session().plain())
                .containsEntry(
                        "spark.hadoop.fs.azure.account.oauth2.client.endpoint." + HOST,
                        "https://login.microsoftonline.com/t/oauth2/token")
                .doesNotContainValue("s3cret");

        Connection machine = describe(
                "azure_adls", "account_name", "shop", "container", "raw", "auth", Map.of("mode", "managed_identity"));
        assertThat(machine.session().plain().values()).anyMatch(value -> value.endsWith("MsiTokenProvider"));
    }

    @Test
    void handsHadoopTheSignatureOfItsContainer() throws Exception {
        Connection signed = describe(
                "azure_blob",
                "account_name",
                "shop",
                "container",
                "raw",
                "auth",
                Map.of("mode", "sas_token", "sas_token", "?sv=1&sig=s3cret"));
        Configuration configuration = new Configuration(false);
        signed.session()
                .reveal()
                .forEach((key, value) -> configuration.set(key.substring("spark.hadoop.".length()), value));
        assertThat(signed.session().plain()).doesNotContainValue("sv=1&sig=s3cret");
        assertThat(configuration.get("fs.azure.account.auth.type." + HOST)).isEqualTo("SAS");
        assertThat(configuration.get("fs.azure.sas.token.provider.type." + HOST))
                .isEqualTo(SharedAccessSignature.class.getName());

        SharedAccessSignature provider = new SharedAccessSignature();
        provider.initialize(configuration, HOST);

        assertThat(provider.getSASToken("shop", "raw", "/a", "read")).isEqualTo("sv=1&sig=s3cret");
        assertThat(provider.getSASToken(HOST, "raw", "/a", "read")).isEqualTo("sv=1&sig=s3cret");
        assertThatThrownBy(() -> provider.getSASToken("shop", "other", "/a", "read"))
                .hasMessage("no shared access signature is set for container 'other' of " + HOST);
    }

    @Test
    void takesTheNamesThatTheOriginalGivesToWaysToLogIn() {
        assertThat(azure(Map.of("mode", "direct_key", "account_key", "k")))
                .isEqualTo(azure(Map.of("mode", "account_key", "account_key", "k")));
        assertThat(azure(Map.of("mode", "aad_msi"))).isEqualTo(azure(Map.of("mode", "managed_identity")));
    }

    private Map<String, String> azure(Map<String, String> auth) {
        return describe("azure_adls", "account_name", "shop", "container", "raw", "auth", auth)
                .session()
                .reveal();
    }

    @Test
    void saysWhatAWayToLogInLacks() {
        assertThat(find(
                        "azure_adls",
                        "account_name",
                        "shop",
                        "container",
                        "raw",
                        "auth",
                        Map.of("mode", "service_principal", "client_id", "c")))
                .isEmpty();
        assertThat(findings.sorted())
                .extracting(Finding::message)
                .containsExactly("'mode: service_principal' needs 'tenant_id', 'client_secret'");
    }

    @Test
    void placesFilesInAClusterAndInABucketOfGoogle() {
        assertThat(describe("hdfs", "namenode", "nn:8020", "base_path", "/data").storage())
                .contains(new Storage("hdfs://nn:8020/data"));
        Connection gcs = describe("gcs", "bucket", "lake", "key_file", "/etc/key.json");
        assertThat(gcs.storage()).contains(new Storage("gs://lake"));
        assertThat(gcs.session().plain())
                .containsEntry("spark.hadoop.google.cloud.auth.service.account.json.keyfile", "/etc/key.json");
    }

    @Test
    void namesTablesByCatalogAndSchema() {
        assertThat(describe("delta").namespace()).contains("spark_catalog.default");
        assertThat(describe("unity_catalog", "catalog", "main-1", "schema", "shop")
                        .namespace())
                .contains("`main-1`.shop");
        assertThat(find("databricks", "schema", "shop")).as("without a catalog").isEmpty();
    }

    private Connection describe(String type, Object... settings) {
        Optional<Connection> found = find(type, settings);
        assertThat(findings.sorted()).isEmpty();
        return found.orElseThrow();
    }

    private Optional<Connection> find(String type, Object... settings) {
        ConnectionType known = catalog.connections().find(type).orElseThrow();
        return known.settings()
                .read(ConfigValues.mapping(settings), findings)
                .flatMap(
                        read -> known.describe(new ConnectionRequest("it", type, read, Path.of("/project")), findings));
    }
}
