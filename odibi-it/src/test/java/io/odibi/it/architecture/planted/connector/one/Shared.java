package io.odibi.it.architecture.planted.connector.one;

/** Used by another connector. */
public final class Shared {}
