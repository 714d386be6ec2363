package io.odibi.it.architecture.planted.core;

/** Breach: the core logs. */
final class CoreKnowsALibrary {
    final org.slf4j.Logger logger = org.slf4j.LoggerFactory.getLogger("core");
}
