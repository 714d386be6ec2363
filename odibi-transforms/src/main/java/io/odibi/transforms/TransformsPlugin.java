package io.odibi.transforms;

import io.odibi.core.port.Contributions;
import io.odibi.core.port.Plugin;

/** Hands out the built-in transforms. */
public final class TransformsPlugin implements Plugin {

    @Override
    public void contribute(Contributions to) {
        to.transform("sql", new SqlTransform());
        to.transform("filter_rows", new FilterRows());
        to.transform("derive", new Derive());
        to.transform("derive_columns", new Derive());
    }
}
