package io.odibi.connector.eventhubs;

import io.odibi.core.port.Plugin;
import io.odibi.testkit.PluginContract;

class EventHubsPluginContractTest extends PluginContract {

    @Override
    protected Class<? extends Plugin> plugin() {
        return EventHubsPlugin.class;
    }
}
