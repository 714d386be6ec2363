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
import io.odibi.core.settings.TypeShape;
import io.odibi.core.settings.ValueType;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code type: azure_adls}, {@code azure_blob}: blobs in a container of an Azure storage account, through Hadoop's {@code abfss}. What it is
 * told holds for the account alone, and a shared access signature for the container alone. Needs {@code org.apache.hadoop:hadoop-azure} at
 * run time.
 */
final class AzureConnectionType implements ConnectionType {

    private static final String HOST = ".dfs.core.windows.net";
    private static final String OAUTH = "org.apache.hadoop.fs.azurebfs.oauth2.";
    private static final String ACCOUNT_KEY_MODE = "account_key";
    private static final String SERVICE_PRINCIPAL = "service_principal";
    private static final String MANAGED_IDENTITY = "managed_identity";
    private static final String SAS = "sas";
    /** By its name: Hadoop makes it, and the library that it extends may not be there. */
    private static final String SIGNATURE_PROVIDER = "io.odibi.engine.azure.SharedAccessSignature";

    private static final String SIGNATURE = "fs.azure.odibi.sas.token.";
    /** Other names of the ways, as the Python original has them. */
    private static final Map<String, String> ALIASES =
            Map.of("direct_key", ACCOUNT_KEY_MODE, "sas_token", SAS, "aad_msi", MANAGED_IDENTITY);

    private static final Setting<String> ACCOUNT =
            Setting.required("account_name", name("[a-z0-9]{3,24}", "an account's name"), "the storage account");
    private static final Setting<String> CONTAINER =
            Setting.required("container", name("[a-z0-9$][a-z0-9-]{1,62}", "a container's name"), "the container");

    private static final Setting<String> MODE = Setting.required(
            "mode",
            ValueTypes.choice(
                    ACCOUNT_KEY_MODE, SERVICE_PRINCIPAL, MANAGED_IDENTITY, SAS, "direct_key", "sas_token", "aad_msi"),
            "how Odibi logs in; 'direct_key' means 'account_key', 'sas_token' means 'sas', 'aad_msi' means"
                    + " 'managed_identity'");
    private static final Setting<Secret> ACCOUNT_KEY =
            Setting.optional("account_key", ValueTypes.secret(), "for 'account_key', the account's key");
    private static final Setting<String> TENANT_ID =
            Setting.optional("tenant_id", ValueTypes.text("an id"), "for 'service_principal', its directory");
    private static final Setting<String> CLIENT_ID = Setting.optional(
            "client_id",
            ValueTypes.text("an id"),
            "for 'service_principal', its id; for 'managed_identity', which of several");
    private static final Setting<Secret> CLIENT_SECRET =
            Setting.optional("client_secret", ValueTypes.secret(), "for 'service_principal', its secret");
    private static final Setting<Secret> SAS_TOKEN = Setting.optional(
            "sas_token", ValueTypes.secret(), "for 'sas', the shared access signature of the container");
    private static final SettingsDeclaration AUTH_KEYS = SettingsDeclaration.of(
            "How Odibi logs in", MODE, ACCOUNT_KEY, TENANT_ID, CLIENT_ID, CLIENT_SECRET, SAS_TOKEN);

    private static final Setting<Settings> AUTH =
            Setting.required("auth", ValueTypes.keys(AUTH_KEYS, AzureConnectionType::whole), "how Odibi logs in");

    private static final SettingsDeclaration SETTINGS = SettingsDeclaration.of(
            "Blobs in a container of an Azure storage account", ACCOUNT, CONTAINER, Places.BASE_PATH, AUTH);

    private static ValueType<String> name(String pattern, String words) {
        Pattern form = Pattern.compile(pattern);
        return ValueTypes.parsed(
                new TypeShape.Text(words, Optional.empty()),
                text -> Optional.of(text).filter(name -> form.matcher(name).matches()));
    }

    private static String mode(Settings auth) {
        return ALIASES.getOrDefault(auth.get(MODE), auth.get(MODE));
    }

    /** Whether the way to log in has all that it needs. */
    private static Optional<Settings> whole(Settings auth, Findings findings) {
        List<Setting<?>> needed = switch (mode(auth)) {
            case ACCOUNT_KEY_MODE -> List.of(ACCOUNT_KEY);
            case SAS -> List.of(SAS_TOKEN);
            case SERVICE_PRINCIPAL -> List.of(TENANT_ID, CLIENT_ID, CLIENT_SECRET);
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
                            "'mode: " + auth.get(MODE) + "' needs " + String.join(", ", missing))
                    .fix("add " + (missing.size() == 1 ? "it" : "them") + ", secrets as ${VARIABLES}"));
            return Optional.empty();
        }
        return Optional.of(auth);
    }

    @Override
    public SettingsDeclaration settings() {
        return SETTINGS;
    }

    @Override
    public Optional<Connection> describe(ConnectionRequest request, Findings findings) {
        Settings written = request.settings();
        String host = written.get(ACCOUNT) + HOST;
        return Optional.of(Places.connection(
                request,
                "abfss://" + written.get(CONTAINER) + "@" + host,
                session(written.get(AUTH), written.get(CONTAINER), host)));
    }

    private static Options session(Settings auth, String container, String host) {
        String account = Places.HADOOP + "fs.azure.account.";
        Options oauth = Options.none().with(account + "auth.type." + host, "OAuth");
        return switch (mode(auth)) {
            case SAS ->
                Options.none()
                        .with(account + "auth.type." + host, "SAS")
                        .with(Places.HADOOP + "fs.azure.sas.token.provider.type." + host, SIGNATURE_PROVIDER)
                        .with(Places.HADOOP + SIGNATURE + container + "." + host, signature(auth.get(SAS_TOKEN)));
            case ACCOUNT_KEY_MODE ->
                Options.none()
                        .with(account + "auth.type." + host, "SharedKey")
                        .with(account + "key." + host, auth.get(ACCOUNT_KEY));
            case SERVICE_PRINCIPAL ->
                oauth.with(account + "oauth.provider.type." + host, OAUTH + "ClientCredsTokenProvider")
                        .with(account + "oauth2.client.id." + host, auth.get(CLIENT_ID))
                        .with(account + "oauth2.client.secret." + host, auth.get(CLIENT_SECRET))
                        .with(
                                account + "oauth2.client.endpoint." + host,
                                "https://login.microsoftonline.com/" + auth.get(TENANT_ID) + "/oauth2/token");
            default -> {
                Options identity = oauth.with(account + "oauth.provider.type." + host, OAUTH + "MsiTokenProvider");
                yield auth.find(CLIENT_ID)
                        .map(id -> identity.with(account + "oauth2.client.id." + host, id))
                        .orElse(identity);
            }
        };
    }

    /** A portal gives it with the question mark that it begins with in an address. */
    private static Secret signature(Secret written) {
        String text = written.reveal().strip();
        return Secret.of(text.startsWith("?") ? text.substring(1) : text);
    }
}
