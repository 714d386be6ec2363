package io.odibi.core.port;

import io.odibi.core.describe.ReadRequest;
import io.odibi.core.describe.Scan;
import io.odibi.core.describe.SourceTraits;
import io.odibi.core.finding.Findings;
import io.odibi.core.settings.SettingsDeclaration;
import java.util.Optional;

/** Where a node reads from. Safe for use by several threads. */
public interface Source {

    /** The settings of a read ({@code options:}); the same at each call. */
    SettingsDeclaration settings();

    /** What this source can do; the same at each call. */
    SourceTraits traits();

    /**
     * Describes a read. Pure: no network, no files, no clock; called for each check of a project. The same request reads the same
     * rows in batch and as a stream, as far as the source has both.
     *
     * @param request which data, and settings already read by {@link #settings}
     * @param findings takes what is wrong with settings taken together
     * @return the read; empty exactly when an error was added
     */
    Optional<Scan> describe(ReadRequest request, Findings findings);
}
