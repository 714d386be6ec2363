package io.odibi.engine.connections;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.ConnectionRequest;
import io.odibi.core.describe.Options;
import io.odibi.core.finding.Findings;
import io.odibi.core.port.ConnectionType;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** {@code type: postgres}, {@code postgresql}: a PostgreSQL database, and others that speak its protocol. */
final class PostgresConnectionType implements ConnectionType {

    private static final Setting<Long> PORT = Databases.port(5432);
    private static final Setting<String> SSL_MODE = Setting.withDefault(
            "sslmode",
            ValueTypes.choice("disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
            "prefer",
            "whether the line is encrypted, and the server's certificate checked");
    private static final Setting<String> SCHEMA = Setting.optional(
            "schema",
            ValueTypes.text("a name"),
            "the schema of tables that are named without one; 'public' by default");

    private static final SettingsDeclaration SETTINGS = SettingsDeclaration.of(
            "A PostgreSQL database",
            Databases.HOST_SETTING,
            PORT,
            Databases.DATABASE,
            Databases.USERNAME,
            Databases.PASSWORD_SETTING,
            SSL_MODE,
            SCHEMA,
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
                        "jdbc:postgresql://" + written.get(Databases.HOST_SETTING) + ":" + written.get(PORT) + "/"
                                + URLEncoder.encode(written.get(Databases.DATABASE), StandardCharsets.UTF_8))
                .with(Databases.DRIVER, "org.postgresql.Driver")
                .with("sslmode", written.get(SSL_MODE))
                .with("connectTimeout", String.valueOf(written.get(Databases.TIMEOUT)))
                .with("loginTimeout", String.valueOf(written.get(Databases.TIMEOUT)))
                // A server that has gone without a word is noticed some day.
                .with("tcpKeepAlive", "true")
                .with("ApplicationName", "odibi");
        Optional<String> user = written.find(Databases.USERNAME);
        if (user.isPresent()) {
            options = options.with(Databases.USER, user.get());
        }
        Optional<Secret> password = written.find(Databases.PASSWORD_SETTING);
        if (password.isPresent()) {
            options = options.with(Databases.PASSWORD, password.get());
        }
        Optional<String> schema = written.find(SCHEMA);
        if (schema.isPresent()) {
            options = options.with("currentSchema", quoted(schema.get()));
        }
        return Optional.of(Connection.toSystem(request.name(), request.type(), options));
    }

    /** A search path is a list of identifiers, which fold to lower case without quotes. */
    private static String quoted(String schema) {
        return "\"" + schema.replace("\"", "\"\"") + "\"";
    }
}
