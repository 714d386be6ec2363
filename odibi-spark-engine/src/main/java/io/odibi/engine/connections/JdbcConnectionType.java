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
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code type: jdbc}: any database that has a JDBC driver. */
final class JdbcConnectionType implements ConnectionType {

    private static final Setting<String> URL = Setting.required(
            Databases.URL,
            ValueTypes.parsed(
                    new TypeShape.Text("a URL that begins with 'jdbc:'", Optional.empty()),
                    text -> Optional.of(text).filter(url -> url.matches("jdbc:[A-Za-z0-9]+:\\S+"))),
            "where the database is, as its driver writes it, without a password");
    private static final Setting<String> DRIVER = Setting.optional(
            Databases.DRIVER,
            ValueTypes.text("a class"),
            "the driver's class; found by the URL where it is left out and the driver lies on the class path");
    private static final Setting<Map<String, Secret>> PROPERTIES = Setting.optional(
            "properties",
            ValueTypes.map(ValueTypes.secret()),
            "what else the driver is told, under the driver's names; values of names such as 'trustStorePassword' are never"
                    + " shown");

    private static final SettingsDeclaration SETTINGS = SettingsDeclaration.of(
            "A database that has a JDBC driver",
            URL,
            DRIVER,
            Databases.USERNAME,
            Databases.PASSWORD_SETTING,
            PROPERTIES);

    /** Drivers by the start of their URLs. */
    private static final Map<String, String> DRIVERS = Map.of(
            "jdbc:postgresql:", "org.postgresql.Driver",
            "jdbc:sqlserver:", "com.microsoft.sqlserver.jdbc.SQLServerDriver",
            "jdbc:mysql:", "com.mysql.cj.jdbc.Driver",
            "jdbc:mariadb:", "org.mariadb.jdbc.Driver",
            "jdbc:oracle:", "oracle.jdbc.OracleDriver",
            "jdbc:h2:", "org.h2.Driver",
            "jdbc:sqlite:", "org.sqlite.JDBC");

    /** What Spark's reader takes for its own, so that it would reach no driver. */
    private static final Set<String> TAKEN =
            Set.of("url", "driver", "user", "username", "password", "dbtable", "query", "partitioncolumn", "fetchsize");

    @Override
    public SettingsDeclaration settings() {
        return SETTINGS;
    }

    @Override
    public Optional<Connection> describe(ConnectionRequest request, Findings findings) {
        Settings written = request.settings();
        String url = written.get(URL);
        if (Databases.hasSecret(url)) {
            findings.add(Finding.of(FindingCode.CONFIG_VALUE, written.at(URL), "'url' cannot have a password in it")
                    .why("the URL of a database is shown in plans and errors")
                    .fix(
                            "take it out of the URL, and write 'username: ..' and 'password: \"${VARIABLE}\"', or others under"
                                    + " 'properties'"));
            return Optional.empty();
        }
        Options options = Options.none().with(Databases.URL, url);
        Optional<String> driver = written.find(DRIVER).or(() -> usual(url));
        if (driver.isPresent()) {
            options = options.with(Databases.DRIVER, driver.get());
        }
        Optional<String> user = written.find(Databases.USERNAME);
        if (user.isPresent()) {
            options = options.with(Databases.USER, user.get());
        }
        Optional<Secret> password = written.find(Databases.PASSWORD_SETTING);
        if (password.isPresent()) {
            options = options.with(Databases.PASSWORD, password.get());
        }
        Map<String, Secret> properties = written.find(PROPERTIES).orElse(Map.of());
        List<String> taken = properties.keySet().stream()
                .filter(name -> TAKEN.contains(name.toLowerCase(Locale.ROOT)))
                .toList();
        if (!taken.isEmpty()) {
            findings.add(Finding.of(
                            FindingCode.CONFIG_CONFLICT,
                            written.at(PROPERTIES),
                            "'properties' cannot have '" + taken.get(0) + "'")
                    .fix("write what the connection is beside 'url', and what is read in the node"));
            return Optional.empty();
        }
        for (Map.Entry<String, Secret> property : properties.entrySet()) {
            options = Databases.isSecret(property.getKey())
                    ? options.with(property.getKey(), property.getValue())
                    : options.with(property.getKey(), property.getValue().reveal());
        }
        return Optional.of(Connection.toSystem(request.name(), request.type(), options));
    }

    private static Optional<String> usual(String url) {
        return DRIVERS.entrySet().stream()
                .filter(driver -> url.toLowerCase(Locale.ROOT).startsWith(driver.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
