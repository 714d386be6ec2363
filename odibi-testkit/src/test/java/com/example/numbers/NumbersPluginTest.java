package com.example.numbers;

import io.odibi.core.port.Plugin;
import io.odibi.testkit.PluginContract;

class NumbersPluginTest extends PluginContract {

    @Override
    protected Class<? extends Plugin> plugin() {
        return NumbersPlugin.class;
    }
}
