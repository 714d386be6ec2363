package io.odibi.cli.demo;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A further listener of a broker on 127.0.0.1, for clients that encrypt or log in; the demo has none.
 *
 * @param name the listener's name, in upper case
 * @param protocol Kafka's name of the protocol, such as {@code SASL_SSL}
 * @param port where it listens
 * @param settings the listener's settings, without the {@code listener.name.} that they begin with
 */
public record BrokerListener(String name, String protocol, int port, Map<String, String> settings) {

    /** Checks nothing: the broker does, when it starts. */
    public BrokerListener {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** The address for clients, {@code host:port}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    String address() {
        return name + "://" + bootstrapServers();
    }
}
