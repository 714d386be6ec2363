package io.odibi.core.port;

import io.odibi.core.describe.NeededColumn;
import io.odibi.core.describe.SinkTraits;
import io.odibi.core.describe.Target;
import io.odibi.core.describe.WriteRequest;
import io.odibi.core.finding.Findings;
import io.odibi.core.settings.SettingsDeclaration;
import java.util.List;
import java.util.Optional;

/** Where a node writes. Safe for use by several threads. */
public interface Sink {

    /** The settings of a write ({@code options:} and what stands beside it); the same at each call. */
    SettingsDeclaration settings();

    /** What this sink can do with such a write; pure. */
    SinkTraits traits(WriteRequest request);

    /**
     * The columns that such a write takes by name; none if it takes whatever comes. Pure; asked for a write that {@link #describe}
     * describes without an error.
     */
    default List<NeededColumn> columns(WriteRequest request) {
        return List.of();
    }

    /**
     * Describes a write. Pure: no network, no files, no clock; called for each check of a project.
     *
     * @param request which data, and settings already read by {@link #settings}
     * @param findings takes what is wrong with settings taken together
     * @return the write; empty exactly when an error was added
     */
    Optional<Target> describe(WriteRequest request, Findings findings);
}
