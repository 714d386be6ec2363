package io.odibi.it.eventhubs.emulator;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The hubs of one emulator and the key to them. Any thread may use it. */
final class Namespace {

    private final String host;
    private final SharedAccessKey key;
    private final Clock clock;
    private final Map<String, Hub> hubs = new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER);

    Namespace(String host, SharedAccessKey key, Clock clock) {
        this.host = host;
        this.key = key;
        this.clock = clock;
    }

    SharedAccessKey key() {
        return key;
    }

    String host() {
        return host;
    }

    Clock clock() {
        return clock;
    }

    void create(String name, int partitions, List<String> groups) {
        if (hubs.putIfAbsent(name, new Hub(name, partitions, groups, clock)) != null) {
            throw new IllegalArgumentException("hub '" + name + "' is there already");
        }
    }

    Optional<Hub> find(String name) {
        return Optional.ofNullable(hubs.get(name));
    }

    /** A hub that a test knows to be there. */
    Hub hub(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException("no hub '" + name + "' among " + hubs.keySet()));
    }

    /** How the service names an entity in its messages. */
    String uri(String path) {
        return "sb://" + host + "/" + path;
    }
}
