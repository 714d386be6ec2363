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

    /**
     * Returns a login that the user wrote, so that Spark hides all of it. Spark logs the options of Kafka's client at level DEBUG, and of a
     * login it hides what stands between {@code password="} and the last quotation mark of the line, and nothing else: no password in
     * single quotes, no secret of another name. In comments, which Kafka passes over, these marks embrace the whole.
     */
    static Secret hidden(String login) {
        boolean mayHaveLineComments = login.contains("//");
        String text = mayHaveLineComments ? login : login.replaceAll("[\\r\\n]+", " ");
        return Secret.of("/* password=\"\" */ " + text.strip() + " /* \" */");
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
