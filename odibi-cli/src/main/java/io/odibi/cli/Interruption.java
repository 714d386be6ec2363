package io.odibi.cli;

import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * What the signals that ask the process to end do. The first does what the work in hand has asked for, or ends the process where
 * nothing has; the second ends it at once, whatever goes on. Safe for use by several threads.
 */
final class Interruption {

    private final IntConsumer exit;
    private final IntConsumer halt;
    private int signals;
    private Optional<Runnable> inHand = Optional.empty();

    /** For as long as it is open, the first signal does what it was opened for. */
    interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Makes an interruption that no signal has come to yet.
     *
     * @param exit ends the process
     * @param halt ends the process at once
     */
    Interruption(IntConsumer exit, IntConsumer halt) {
        this.exit = exit;
        this.halt = halt;
    }

    /** Takes a signal; on a thread of its own, which may be kept busy. */
    void signal() {
        int now;
        Optional<Runnable> action;
        synchronized (this) {
            now = ++signals;
            action = inHand;
        }
        if (now > 1) {
            halt.accept(ExitCode.INTERRUPTED);
        } else {
            action.ifPresentOrElse(Runnable::run, () -> exit.accept(ExitCode.INTERRUPTED));
        }
    }

    /** Begins work that ends in an orderly way: the first signal runs {@code onSignal}. Closed before other work begins. */
    Scope during(Runnable onSignal) {
        setInHand(Optional.of(onSignal));
        return () -> setInHand(Optional.empty());
    }

    /** Whether a signal has come. */
    synchronized boolean isSignalled() {
        return signals > 0;
    }

    /** Ends the process, since it cannot end in an orderly way. */
    void giveUp() {
        exit.accept(ExitCode.FAILED);
    }

    private synchronized void setInHand(Optional<Runnable> action) {
        inHand = action;
    }
}
