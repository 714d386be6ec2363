package io.odibi.engine.connections;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.ConnectionRequest;
import io.odibi.core.describe.Options;
import io.odibi.core.finding.Findings;
import io.odibi.core.port.ConnectionType;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.TypeShape;
import io.odibi.core.settings.ValueTypes;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code type: hdfs}: files in a Hadoop cluster. */
final class HdfsConnectionType implements ConnectionType {

    private static final Pattern NAME_NODE = Pattern.compile("[A-Za-z0-9._-]+(?::\\d{1,5})?");

    private static final Setting<String> NAME_NODE_SETTING = Setting.required(
            "namenode",
            ValueTypes.parsed(
                    new TypeShape.Text("a host, or host and port, or the name of a name service", Optional.empty()),
                    text -> Optional.of(text.replaceFirst("^hdfs://", ""))
                            .filter(host -> NAME_NODE.matcher(host).matches())),
            "the cluster's name node: namenode:8020, or the name of its name service");

    private static final SettingsDeclaration SETTINGS =
            SettingsDeclaration.of("Files in a Hadoop cluster", NAME_NODE_SETTING, Places.BASE_PATH);

    @Override
    public SettingsDeclaration settings() {
        return SETTINGS;
    }

    @Override
    public Optional<Connection> describe(ConnectionRequest request, Findings findings) {
        String root = "hdfs://" + request.settings().get(NAME_NODE_SETTING);
        return Optional.of(Places.connection(request, root, Options.none()));
    }
}
