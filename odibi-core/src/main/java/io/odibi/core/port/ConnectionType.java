package io.odibi.core.port;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.ConnectionRequest;
import io.odibi.core.finding.Findings;
import io.odibi.core.settings.SettingsDeclaration;
import java.util.Optional;

/** A kind of system that the project's {@code connections:} name. Safe for use by several threads. */
public interface ConnectionType {

    /** The settings of a connection of this type; the same at each call. */
    SettingsDeclaration settings();

    /**
     * Describes a connection. Pure: no network, no files, no clock; called for each check of a project.
     *
     * @param request the connection's settings, already read by {@link #settings}
     * @param findings takes what is wrong with settings taken together
     * @return the connection; empty exactly when an error was added
     */
    Optional<Connection> describe(ConnectionRequest request, Findings findings);
}
