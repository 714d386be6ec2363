package io.odibi.it.architecture.planted.transforms;

/** Breach: uses what is internal to another module. */
final class InternalAbroad {
    final io.odibi.it.architecture.planted.engine.internal.Hidden hidden = null;
}
