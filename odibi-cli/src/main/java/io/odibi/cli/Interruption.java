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

    /**
     * Work that may be interrupted.
     *
     * @param <T> what it gives
     */
    @FunctionalInterface
    interface Work<T> {
        T carryOut() throws InterruptedException;
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

    /** Carries out work during which the first signal does {@code onSignal}, and then what it did before. */
    <T> T during(Runnable onSignal, Work<T> work) throws InterruptedException {
        Optional<Runnable> before = exchange(Optional.of(onSignal));
        try {
            return work.carryOut();
        } finally {
            exchange(before);
        }
    }

    /** Whether a signal has come. */
    synchronized boolean isSignalled() {
        return signals > 0;
    }

    /** Ends the process, since it cannot end in an orderly way. */
    void giveUp() {
        exit.accept(ExitCode.FAILED);
    }

    private synchronized Optional<Runnable> exchange(Optional<Runnable> action) {
        Optional<Runnable> before = inHand;
        inHand = action;
        return before;
    }
}
