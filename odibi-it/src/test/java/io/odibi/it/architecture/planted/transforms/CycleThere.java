package io.odibi.it.architecture.planted.transforms;

/** Breach: half of a cycle. */
public final class CycleThere {
    final io.odibi.it.architecture.planted.engine.CycleBack back = null;
}
