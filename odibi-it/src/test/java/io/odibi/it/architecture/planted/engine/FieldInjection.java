package io.odibi.it.architecture.planted.engine;

import jakarta.inject.Inject;

/** Breach: is made without its parts. */
final class FieldInjection {
    @Inject
    Runnable part;
}
