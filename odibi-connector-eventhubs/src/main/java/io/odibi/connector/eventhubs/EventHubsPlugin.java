package io.odibi.connector.eventhubs;

import io.odibi.core.port.Contributions;
import io.odibi.core.port.Plugin;

/** Hands out the connection type, source and sink named {@code eventhubs}, with their rule and what is known of their failures. */
public final class EventHubsPlugin implements Plugin {

    /** The name that all three have in YAML, and the library's name of the format. */
    static final String NAME = "eventhubs";

    /** Made by the service loader. */
    public EventHubsPlugin() {}

    @Override
    public void contribute(Contributions to) {
        to.connection(NAME, new EventHubsConnection());
        to.source(NAME, new EventHubsSource());
        to.sink(NAME, new EventHubsSink());
        to.rule(new ReaderRule());
        to.failures(EventHubsFailures.ALL);
    }
}
