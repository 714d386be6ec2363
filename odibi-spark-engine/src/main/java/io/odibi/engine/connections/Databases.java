package io.odibi.engine.connections;

import io.odibi.core.settings.Setting;
import io.odibi.core.settings.TypeShape;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.Secret;
import java.util.Optional;
import java.util.regex.Pattern;

/** What connections to databases have in common: the names that Spark and the drivers give to things, and which of them are secret. */
final class Databases {

    static final String URL = "url";
    static final String DRIVER = "driver";
    static final String USER = "user";
    static final String PASSWORD = "password";

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,255}|\\[[0-9A-Fa-f:.%]{2,64}]");
    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i).*(?:password|passwd|pwd|passphrase|secret|token|credential|accesskey|privatekey).*");
    private static final Pattern SECRET_IN_URL = Pattern.compile(
            "(?i)[?&;,(]\\s*[\\w.-]*(?:password|passwd|pwd|passphrase|secret|token|accesskey|privatekey)[\\w.-]*\\s*=");
    /** {@code //user:password@host}, and Oracle's {@code thin:user/password@host}. */
    private static final Pattern USER_INFO =
            Pattern.compile("(?i)(?://|,)[^/@;?,]*:[^@/;?]*@|:(?:thin|oci8?|oci):[^@:/;?]+/[^@]*@");

    static final Setting<String> HOST_SETTING = Setting.required(
                    "host",
                    ValueTypes.parsed(
                            new TypeShape.Text("a host's name or address", Optional.empty()),
                            text -> Optional.of(text)
                                    .filter(host -> HOST.matcher(host).matches())),
                    "the host")
            .alias("server");
    static final Setting<String> DATABASE = Setting.required("database", ValueTypes.text("a name"), "the database");
    static final Setting<String> USERNAME = Setting.optional("username", ValueTypes.text("a name"), "who logs in")
            .alias(USER);
    static final Setting<Secret> PASSWORD_SETTING =
            Setting.optional(PASSWORD, ValueTypes.secret(), "the password of who logs in");
    static final Setting<Long> TIMEOUT = Setting.withDefault(
            "timeout", ValueTypes.whole(1, 3600), 30L, "seconds that the database may take to answer a login");

    private Databases() {}

    /** Whether the value of a property of such a name is kept secret. */
    static boolean isSecret(String property) {
        return SECRET_NAME.matcher(property).matches();
    }

    /** Whether a URL has a password or the like in it. */
    static boolean hasSecret(String url) {
        return SECRET_IN_URL.matcher(url).find() || USER_INFO.matcher(url).find();
    }

    /** Returns the setting of the port. */
    static Setting<Long> port(long usual) {
        return Setting.withDefault("port", ValueTypes.whole(1, 65_535), usual, "the port");
    }
}
