package io.odibi.it.architecture.planted.connector.one;

import io.odibi.core.port.Contributions;
import io.odibi.core.port.Plugin;

/** Breach: a plugin that nothing names. */
public final class UnregisteredPlugin implements Plugin {
    @Override
    public void contribute(Contributions to) {
        to.rule(context -> {});
    }
}
