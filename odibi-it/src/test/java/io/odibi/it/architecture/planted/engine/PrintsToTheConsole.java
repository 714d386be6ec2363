package io.odibi.it.architecture.planted.engine;

/** Breach: takes the console that belongs to the embedder. */
final class PrintsToTheConsole {
    void tell() {
        System.out.println("hello");
    }
}
