package io.odibi.it.architecture.planted.transforms;

/** Breach: picocli outside the command line. */
@picocli.CommandLine.Command
final class PicocliOutsideCli {}
