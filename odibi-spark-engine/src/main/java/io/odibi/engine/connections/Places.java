package io.odibi.engine.connections;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.ConnectionRequest;
import io.odibi.core.describe.Options;
import io.odibi.core.describe.Storage;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.TypeShape;
import io.odibi.core.settings.ValueTypes;
import java.util.Optional;
import java.util.regex.Pattern;

/** What places for files on other machines have in common. */
final class Places {

    static final String HADOOP = "spark.hadoop.";

    static final Setting<String> BASE_PATH = Setting.withDefault(
            "base_path",
            ValueTypes.text("a path"),
            "",
            "where relative paths and tables start in it; its top by default");

    private Places() {}

    /**
     * Returns the setting that names a bucket.
     *
     * @param form what such a name looks like
     */
    static Setting<String> bucket(String form) {
        Pattern pattern = Pattern.compile(form);
        return Setting.required(
                "bucket",
                ValueTypes.parsed(
                        new TypeShape.Text("a bucket's name", Optional.empty()),
                        text -> Optional.of(text)
                                .filter(name -> pattern.matcher(name).matches())),
                "the bucket");
    }

    /** Returns the connection to a place whose top is {@code root}, a URI without a path. */
    static Connection connection(ConnectionRequest request, String root, Options session) {
        String path = request.settings().get(BASE_PATH).replaceAll("^(\\./|/)+", "");
        return Connection.toStorage(
                request.name(), request.type(), new Storage(path.isEmpty() ? root : root + "/" + path), session);
    }
}
