package io.odibi.it.architecture.planted.engine;

/** Breach: the other half of a cycle. */
public final class CycleBack {
    final io.odibi.it.architecture.planted.transforms.CycleThere there = null;
}
