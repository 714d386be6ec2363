package com.example.numbers;

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
import java.util.Optional;

/** A service that knows numbers. */
final class NumbersConnection implements ConnectionType {

    private static final Setting<String> ADDRESS =
            Setting.required("address", ValueTypes.text("host:port"), "Where the service listens");
    private static final Setting<Secret> API_KEY =
            Setting.required("api_key", ValueTypes.secret(), "Key that the service asks for");

    @Override
    public SettingsDeclaration settings() {
        return SettingsDeclaration.of("A service that knows numbers", ADDRESS, API_KEY);
    }

    @Override
    public Optional<Connection> describe(ConnectionRequest request, Findings findings) {
        Settings settings = request.settings();
        Options options = Options.none().with("address", settings.get(ADDRESS)).with("apiKey", settings.get(API_KEY));
        return Optional.of(Connection.toSystem(request.name(), request.type(), options));
    }
}
