package io.odibi.it.architecture.planted.cli;

/** A command. */
public final class Command {}
