package io.odibi.it.eventhubs.emulator;

import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What a connection may do: the paths that it has shown tokens for. Used under the lock of its connection. */
final class Authorizations {

    private final Map<String, Instant> until = new HashMap<>();

    /** Allows all under the path of an audience, for a time. */
    void grant(String audience, Instant expiry) {
        until.put(EntityPath.ofUri(audience).toLowerCase(Locale.ROOT), expiry);
    }

    /** Whether a token that still counts covers an address. */
    boolean allow(String address, Instant now) {
        String path = address.toLowerCase(Locale.ROOT);
        return until.entrySet().stream()
                .anyMatch(grant -> grant.getValue().isAfter(now)
                        && (grant.getKey().isEmpty()
                                || path.equals(grant.getKey())
                                || path.startsWith(grant.getKey() + "/")));
    }
}
