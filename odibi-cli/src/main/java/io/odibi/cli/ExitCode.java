package io.odibi.cli;

/** What the process says when it ends. */
final class ExitCode {

    static final int WELL = 0;
    static final int FAILED = 1;
    static final int FILES = 2;
    static final int USAGE = 3;
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
