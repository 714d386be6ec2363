package io.odibi.connector.eventhubs;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.text.Position;
import io.odibi.core.text.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A namespace's connection string, taken apart. The library takes a part that it does not know for the end of the part before, so that
 * {@code UseDevelopmentEmulator=true} becomes a piece of the hub's name; here it is refused.
 *
 * @param parts what it says, by the keys as Azure spells them, without the hub
 * @param hub the hub that it names
 */
record ConnectionString(Map<String, String> parts, Optional<String> hub) {

    private static final String ENDPOINT = "Endpoint";
    private static final String HUB = "EntityPath";
    private static final String KEY_NAME = "SharedAccessKeyName";
    private static final String KEY = "SharedAccessKey";
    private static final String SIGNATURE = "SharedAccessSignature";
    private static final String TRANSPORT = "TransportType";
    private static final List<String> KNOWN = List.of(ENDPOINT, KEY_NAME, KEY, SIGNATURE, HUB, TRANSPORT);

    private static final List<String> TRANSPORTS = List.of("Amqp", "AmqpWebSockets");

    /** The name of a hub, as Azure allows it. */
    static final Pattern HUB_NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,254}[A-Za-z0-9])?");

    private static final Pattern HOST = Pattern.compile("sb://([A-Za-z0-9.-]{1,253})(:\\d{1,5})?/?");

    /** The parts are secrets. */
    @Override
    public String toString() {
        return Secret.MASK;
    }

    /** Reads a connection string; empty exactly when something was found. Nothing of the text is shown. */
    static Optional<ConnectionString> read(String text, Position at, Findings findings) {
        Findings own = new Findings();
        Map<String, String> parts = new LinkedHashMap<>();
        if (text.strip().chars().anyMatch(Character::isISOControl)) {
            own.add(fault(at, "'connection_string' has a line break in it").allow("one line"));
        }
        for (String part : text.strip().split(";", -1)) {
            if (!part.isBlank()) {
                read(part, parts, at, own);
            }
        }
        if (!own.hasErrors()) {
            check(parts, at, own);
        }
        findings.addAll(own);
        Optional<String> hub = Optional.ofNullable(parts.remove(HUB));
        return own.hasErrors() ? Optional.empty() : Optional.of(new ConnectionString(parts, hub));
    }

    private static void read(String part, Map<String, String> parts, Position at, Findings findings) {
        int equals = part.indexOf('=');
        String written = equals < 0 ? "" : part.substring(0, equals).strip();
        Optional<String> key =
                KNOWN.stream().filter(known -> known.equalsIgnoreCase(written)).findFirst();
        if (key.isEmpty()) {
            Finding finding = fault(at, "'connection_string' has a part that is not known")
                    .allow(String.join("=..;", KNOWN) + "=..");
            // A key that looks like a word is none of the secret.
            findings.add(
                    written.matches("[A-Za-z]{1,40}") ? finding.why("it begins with '" + written + "='") : finding);
        } else if (parts.put(key.get(), part.substring(equals + 1).strip()) != null) {
            findings.add(fault(at, "'connection_string' says '" + key.get() + "' twice")
                    .allow("each part once"));
        }
    }

    private static void check(Map<String, String> parts, Position at, Findings findings) {
        Optional.ofNullable(parts.get(ENDPOINT))
                .filter(endpoint -> HOST.matcher(endpoint).matches())
                .ifPresentOrElse(
                        found -> {},
                        () -> findings.add(fault(at, "'connection_string' has no endpoint")
                                .allow("Endpoint=sb://<namespace>.servicebus.windows.net/")));
        if (HOST.matcher(parts.getOrDefault(ENDPOINT, "")).replaceAll("$2").startsWith(":")) {
            findings.add(fault(at, "'connection_string' names a port in 'Endpoint'")
                    .why("the service's clients pass over it: the port is 5671, or 9093 over Kafka")
                    .allow("Endpoint=sb://<namespace>.servicebus.windows.net/"));
        }
        Optional.ofNullable(parts.get(TRANSPORT))
                .filter(type -> TRANSPORTS.stream().noneMatch(type::equalsIgnoreCase))
                .ifPresent(type -> findings.add(fault(at, "'connection_string' names no transport in 'TransportType'")
                        .allow(String.join(", ", TRANSPORTS))));
        boolean hasKey = filled(parts, KEY_NAME) && filled(parts, KEY);
        boolean hasSignature = filled(parts, SIGNATURE);
        if (hasKey == hasSignature || (hasSignature && (parts.containsKey(KEY_NAME) || parts.containsKey(KEY)))) {
            findings.add(fault(at, "'connection_string' does not say how to log in")
                    .allow("either SharedAccessKeyName and SharedAccessKey, or SharedAccessSignature"));
        }
        Optional.ofNullable(parts.get(HUB))
                .filter(hub -> !HUB_NAME.matcher(hub).matches())
                .ifPresent(hub -> findings.add(fault(at, "'connection_string' names no hub in 'EntityPath'")
                        .allow("a hub's name")));
    }

    private static boolean filled(Map<String, String> parts, String key) {
        return !parts.getOrDefault(key, "").isBlank();
    }

    private static Finding fault(Position at, String message) {
        return Finding.of(FindingCode.CONFIG_VALUE, at, message);
    }

    /** The namespace's host. */
    String host() {
        Matcher host = HOST.matcher(parts.getOrDefault(ENDPOINT, ""));
        return host.matches() ? host.group(1) : "";
    }

    /** The string for the namespace. */
    Secret ofNamespace() {
        return Secret.of(text());
    }

    /** The string with the hub that it names, if it does: as a password, a string for one hub opens nothing without its name. */
    Secret asGiven() {
        return hub.map(this::of).orElseGet(this::ofNamespace);
    }

    /** The string for a hub. */
    Secret of(String hub) {
        return Secret.of(text() + ";" + HUB + "=" + hub);
    }

    private String text() {
        return parts.entrySet().stream()
                .map(part -> part.getKey() + "=" + part.getValue())
                .collect(Collectors.joining(";"));
    }
}
