package io.odibi.it.architecture.planted.engine;

/** Breach: the engine uses the command line. */
final class NobodyDependsOnTheCli {
    final io.odibi.it.architecture.planted.cli.Command command = null;
}
