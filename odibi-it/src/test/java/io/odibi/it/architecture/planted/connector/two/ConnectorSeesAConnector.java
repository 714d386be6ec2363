package io.odibi.it.architecture.planted.connector.two;

/** Breach: a connector uses another. */
final class ConnectorSeesAConnector {
    final io.odibi.it.architecture.planted.connector.one.Shared shared = null;
}
