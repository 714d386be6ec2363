package io.odibi.it.architecture.planted.engine.internal;

/** Internal to the engine. */
public final class Hidden {}
