package io.odibi.engine.connections;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.ConnectionRequest;
import io.odibi.core.describe.Options;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.port.ConnectionType;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.Secret;
import java.util.List;
import java.util.Optional;

/**
 * {@code type: sql_server}, {@code azure_sql}: a SQL Server or Azure SQL database. Needs {@code com.microsoft.sqlserver:mssql-jdbc} at run
 * time, and {@code com.azure:azure-identity} for {@code aad_password} and {@code aad_msi}.
 */
final class SqlServerConnectionType implements ConnectionType {

    private static final String SQL_LOGIN = "sql_login";
    private static final String AAD_PASSWORD = "aad_password";
    private static final String AAD_MSI = "aad_msi";
    private static final String CONNECTION_STRING = "connection_string";

    private static final Setting<Long> PORT = Databases.port(1433);
    private static final Setting<Boolean> ENCRYPT =
            Setting.withDefault("encrypt", ValueTypes.truth(), true, "whether the line is encrypted");
    private static final Setting<Boolean> TRUST = Setting.withDefault(
            "trust_server_certificate",
            ValueTypes.truth(),
            false,
            "whether any certificate of the server is taken; for tests");

    private static final Setting<String> MODE = Setting.withDefault(
            "mode",
            ValueTypes.choice(SQL_LOGIN, AAD_PASSWORD, AAD_MSI, CONNECTION_STRING),
            AAD_MSI,
            "how Odibi logs in: a login of the server, a service principal, the machine's managed identity, or what a connection"
                    + " string says");
    private static final Setting<String> TENANT_ID = Setting.optional(
            "tenant_id", ValueTypes.text("an id"), "for 'aad_password', its directory; the server tells it by itself");
    private static final Setting<String> CLIENT_ID = Setting.optional(
            "client_id", ValueTypes.text("an id"), "for 'aad_password', its id; for 'aad_msi', which of several");
    private static final Setting<Secret> CLIENT_SECRET =
            Setting.optional("client_secret", ValueTypes.secret(), "for 'aad_password', its secret");
    private static final Setting<Secret> CONNECTION_STRING_SETTING = Setting.optional(
            "connection_string",
            ValueTypes.secret(),
            "for 'connection_string', a string with 'User ID=..;Password=..' in it; the rest of it is not used");
    private static final SettingsDeclaration AUTH_KEYS = SettingsDeclaration.of(
            "How Odibi logs in",
            MODE,
            Databases.USERNAME,
            Databases.PASSWORD_SETTING,
            TENANT_ID,
            CLIENT_ID,
            CLIENT_SECRET,
            CONNECTION_STRING_SETTING);
    private static final Setting<Options> AUTH = Setting.optional(
            "auth",
            ValueTypes.keys(AUTH_KEYS, SqlServerConnectionType::login),
            "how Odibi logs in; by the machine's managed identity where it is left out");

    private static final SettingsDeclaration SETTINGS = SettingsDeclaration.of(
            "A SQL Server or Azure SQL database",
            Databases.HOST_SETTING,
            PORT,
            Databases.DATABASE,
            AUTH,
            ENCRYPT,
            TRUST,
            Databases.TIMEOUT);

    @Override
    public SettingsDeclaration settings() {
        return SETTINGS;
    }

    @Override
    public Optional<Connection> describe(ConnectionRequest request, Findings findings) {
        Settings written = request.settings();
        Options options = Options.none()
                .with(
                        Databases.URL,
                        "jdbc:sqlserver://" + written.get(Databases.HOST_SETTING) + ":" + written.get(PORT))
                .with(Databases.DRIVER, "com.microsoft.sqlserver.jdbc.SQLServerDriver")
                .with("databaseName", written.get(Databases.DATABASE))
                .with("encrypt", String.valueOf(written.get(ENCRYPT)))
                .with("trustServerCertificate", String.valueOf(written.get(TRUST)))
                .with("loginTimeout", String.valueOf(written.get(Databases.TIMEOUT)))
                .with("applicationName", "odibi");
        return Optional.of(Connection.toSystem(
                request.name(),
                request.type(),
                options.with(written.find(AUTH).orElseGet(() -> machine(Optional.empty())))));
    }

    private static Optional<Options> login(Settings auth, Findings findings) {
        String mode = auth.get(MODE);
        List<Setting<?>> needed = switch (mode) {
            case SQL_LOGIN -> List.of(Databases.USERNAME, Databases.PASSWORD_SETTING);
            case AAD_PASSWORD -> List.of(CLIENT_ID, CLIENT_SECRET);
            case CONNECTION_STRING -> List.of(CONNECTION_STRING_SETTING);
            default -> List.of();
        };
        List<String> missing = needed.stream()
                .filter(setting -> auth.find(setting).isEmpty())
                .map(setting -> "'" + setting.name() + "'")
                .toList();
        if (!missing.isEmpty()) {
            findings.add(Finding.of(
                            FindingCode.CONFIG_MISSING_KEY,
                            auth.at(),
                            "'mode: " + mode + "' needs " + String.join(", ", missing))
                    .fix("add " + (missing.size() == 1 ? "it" : "them") + ", secrets as ${VARIABLES}"));
            return Optional.empty();
        }
        return switch (mode) {
            case SQL_LOGIN ->
                Optional.of(credentials(auth.get(Databases.USERNAME), auth.get(Databases.PASSWORD_SETTING)));
            case AAD_PASSWORD ->
                Optional.of(credentials(auth.get(CLIENT_ID), auth.get(CLIENT_SECRET))
                        .with("authentication", "ActiveDirectoryServicePrincipal"));
            case CONNECTION_STRING -> ofConnectionString(auth, findings);
            default -> Optional.of(machine(auth.find(CLIENT_ID)));
        };
    }

    private static Options machine(Optional<String> clientId) {
        Options identity = Options.none().with("authentication", "ActiveDirectoryMSI");
        return clientId.map(id -> identity.with("msiClientId", id)).orElse(identity);
    }

    private static Options credentials(String user, Secret password) {
        return Options.none().with(Databases.USER, user).with(Databases.PASSWORD, password);
    }

    /** Never handed on whole: it would have to stand in the URL, which is shown. */
    private static Optional<Options> ofConnectionString(Settings auth, Findings findings) {
        Optional<ConnectionString> parsed =
                ConnectionString.parse(auth.get(CONNECTION_STRING_SETTING).reveal());
        if (parsed.isEmpty()) {
            findings.add(Finding.of(
                            FindingCode.CONFIG_VALUE,
                            auth.at(CONNECTION_STRING_SETTING),
                            "'connection_string' has no user and password")
                    .allow("'User ID=..;Password=..', with what else the portal gives"));
        }
        return parsed.map(found -> credentials(found.user(), found.password()));
    }
}
