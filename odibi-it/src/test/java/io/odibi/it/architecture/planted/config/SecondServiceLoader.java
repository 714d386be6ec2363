package io.odibi.it.architecture.planted.config;

import java.util.ServiceLoader;

/** Breach: looks for plugins itself. */
final class SecondServiceLoader {
    final ServiceLoader<Runnable> found = ServiceLoader.load(Runnable.class);
}
