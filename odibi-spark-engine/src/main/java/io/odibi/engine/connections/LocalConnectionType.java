package io.odibi.engine.connections;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.ConnectionRequest;
import io.odibi.core.describe.Options;
import io.odibi.core.describe.Storage;
import io.odibi.core.finding.Findings;
import io.odibi.core.port.ConnectionType;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.ValueTypes;
import java.util.Optional;

/** {@code type: local}: a folder on this machine, or any place for files that the engine can reach by a URI without credentials. */
final class LocalConnectionType implements ConnectionType {

    static final String NAME = "local";

    private static final Setting<String> BASE_PATH = Setting.withDefault(
            "base_path",
            ValueTypes.text("a folder or a URI"),
            "./data",
            "where relative paths and tables start; a relative folder is one of the project's");

    private static final SettingsDeclaration SETTINGS =
            SettingsDeclaration.of("Files in a folder, or under a URI such as hdfs://host/data", BASE_PATH);

    @Override
    public SettingsDeclaration settings() {
        return SETTINGS;
    }

    @Override
    public Optional<Connection> describe(ConnectionRequest request, Findings findings) {
        Settings settings = request.settings();
        String base = settings.get(BASE_PATH);
        String root = Storage.isAbsolute(base)
                ? base
                : request.folder().toAbsolutePath().resolve(base).normalize().toString();
        return Optional.of(Connection.toStorage(request.name(), request.type(), new Storage(root), Options.none()));
    }
}
