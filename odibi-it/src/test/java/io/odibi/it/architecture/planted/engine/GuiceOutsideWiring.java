package io.odibi.it.architecture.planted.engine;

/** Breach: Guice outside the wiring package. */
final class GuiceOutsideWiring extends com.google.inject.AbstractModule {}
