package io.odibi.connector.kafka;

import io.odibi.core.text.Secret;
import java.util.Map;
import java.util.Optional;

/** Writes Kafka's login configuration, so that nobody has to. */
final class Jaas {

    private static final Map<String, String> MODULES = Map.of(
            "PLAIN", "org.apache.kafka.common.security.plain.PlainLoginModule",
            "SCRAM-SHA-256", "org.apache.kafka.common.security.scram.ScramLoginModule",
            "SCRAM-SHA-512", "org.apache.kafka.common.security.scram.ScramLoginModule");

    private Jaas() {}

    /** Whether a mechanism logs in with user name and password. */
    static boolean takesPassword(String mechanism) {
        return MODULES.containsKey(mechanism);
    }

    /** Returns the login of a user; empty if the mechanism does not log in with user name and password. */
    static Optional<Secret> login(String mechanism, String username, Secret password) {
        return Optional.ofNullable(MODULES.get(mechanism))
                .map(module -> Secret.of(module + " required username=" + quote(username) + " password="
                        + quote(password.reveal()) + ";"));
    }

    /** Kafka reads the text with a {@link java.io.StreamTokenizer}: a line's end ends a string, and a backslash escapes. */
    private static String quote(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + '"';
    }
}
