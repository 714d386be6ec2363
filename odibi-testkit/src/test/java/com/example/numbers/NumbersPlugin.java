package com.example.numbers;

import io.odibi.core.port.Contributions;
import io.odibi.core.port.Plugin;

/** Hands out the connection type and the source named {@code numbers}. */
public final class NumbersPlugin implements Plugin {

    static final String NAME = "numbers";

    @Override
    public void contribute(Contributions to) {
        to.connection(NAME, new NumbersConnection());
        to.source(NAME, new NumbersSource());
    }
}
