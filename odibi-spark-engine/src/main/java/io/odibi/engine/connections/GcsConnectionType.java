package io.odibi.engine.connections;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.ConnectionRequest;
import io.odibi.core.describe.Options;
import io.odibi.core.finding.Findings;
import io.odibi.core.port.ConnectionType;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.ValueTypes;
import java.util.Optional;

/** {@code type: gcs}: objects in a bucket of Google Cloud Storage. Needs {@code com.google.cloud.bigdataoss:gcs-connector} at run time. */
final class GcsConnectionType implements ConnectionType {

    private static final Setting<String> BUCKET = Places.bucket("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]");
    private static final Setting<String> KEY_FILE = Setting.optional(
            "key_file",
            ValueTypes.text("a path"),
            "the JSON key of a service account, on every machine of the cluster; without it the machine's own credentials are"
                    + " used. One for all connections of this type");

    private static final SettingsDeclaration SETTINGS =
            SettingsDeclaration.of("Objects in a bucket of Google Cloud Storage", BUCKET, Places.BASE_PATH, KEY_FILE);

    @Override
    public SettingsDeclaration settings() {
        return SETTINGS;
    }

    @Override
    public Optional<Connection> describe(ConnectionRequest request, Findings findings) {
        Options session = Options.none()
                .with(Places.HADOOP + "fs.gs.impl", "com.google.cloud.hadoop.fs.gcs.GoogleHadoopFileSystem")
                .with(Places.HADOOP + "fs.AbstractFileSystem.gs.impl", "com.google.cloud.hadoop.fs.gcs.GoogleHadoopFS");
        Optional<String> key = request.settings().find(KEY_FILE);
        if (key.isPresent()) {
            session = session.with(Places.HADOOP + "google.cloud.auth.service.account.enable", "true")
                    .with(Places.HADOOP + "google.cloud.auth.service.account.json.keyfile", key.get());
        }
        return Optional.of(
                Places.connection(request, "gs://" + request.settings().get(BUCKET), session));
    }
}
