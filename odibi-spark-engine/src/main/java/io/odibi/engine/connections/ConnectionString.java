package io.odibi.engine.connections;

import io.odibi.core.text.Secret;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who logs in, as a connection string of ADO, ODBC or JDBC says it: {@code Server=..;User ID=..;Password=..}.
 *
 * @param user the user
 * @param password the user's password
 */
record ConnectionString(String user, Secret password) {

    /** {@code key=value;}, the value in braces or quotes where it has a semicolon; a closing brace in it stands twice. */
    private static final Pattern PART =
            Pattern.compile("\\s*([^=;]+)=(?:\\{((?:[^}]|}})*+)}|\"([^\"]*)\"|'([^']*)'|([^;]*))\\s*(?:;|$)");

    /** Returns what a connection string says; empty if it does not say both. */
    static Optional<ConnectionString> parse(String text) {
        Map<String, String> parts = new HashMap<>();
        Matcher part = PART.matcher(text);
        while (part.find()) {
            String key = part.group(1).strip().toLowerCase(Locale.ROOT).replace(" ", "");
            parts.putIfAbsent(key, value(part));
        }
        Optional<String> user = first(parts, "userid", "uid", "user", "username");
        Optional<String> password = first(parts, "password", "pwd");
        return user.isPresent() && password.isPresent()
                ? Optional.of(new ConnectionString(user.get(), Secret.of(password.get())))
                : Optional.empty();
    }

    private static String value(Matcher part) {
        if (part.group(2) != null) {
            return part.group(2).replace("}}", "}");
        }
        for (int quoted = 3; quoted <= 4; quoted++) {
            if (part.group(quoted) != null) {
                return part.group(quoted);
            }
        }
        return part.group(5).strip();
    }

    private static Optional<String> first(Map<String, String> parts, String... keys) {
        for (String key : keys) {
            String value = parts.get(key);
            if (value != null && !value.isEmpty()) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
