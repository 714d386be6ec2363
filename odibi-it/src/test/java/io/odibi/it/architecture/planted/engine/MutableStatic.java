package io.odibi.it.architecture.planted.engine;

/** Breach: state that all embedders in a JVM share. */
final class MutableStatic {
    static int count;
}
