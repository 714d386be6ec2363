package io.odibi.connector.kafka;

import io.odibi.core.port.Plugin;
import io.odibi.testkit.PluginContract;

class KafkaPluginContractTest extends PluginContract {

    @Override
    protected Class<? extends Plugin> plugin() {
        return KafkaPlugin.class;
    }
}
