package com.example.journal;

import io.odibi.core.port.Contributions;
import io.odibi.core.port.Plugin;

/** Hands out the sink named {@code journal}. */
public final class JournalPlugin implements Plugin {

    @Override
    public void contribute(Contributions to) {
        to.sink("journal", new JournalSink());
    }
}
