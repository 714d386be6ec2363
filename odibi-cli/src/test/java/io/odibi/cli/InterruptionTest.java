package io.odibi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterruptionTest {

    private final List<String> told = new ArrayList<>();
    private final Interruption interruption =
            new Interruption(code -> told.add("exit " + code), code -> told.add("halt " + code));

    @Test
    void endsTheProcessWhenNothingIsInHand() {
        interruption.signal();

        assertThat(told).containsExactly("exit 130");
        assertThat(interruption.isSignalled()).isTrue();
    }

    @Test
    void letsTheWorkInHandEndFirst() throws InterruptedException {
        interruption.during(() -> told.add("drain"), () -> {
            interruption.signal();
            return told.add("ended");
        });

        assertThat(told).containsExactly("drain", "ended");
    }

    @Test
    void haltsAtTheSecondSignal() throws InterruptedException {
        interruption.during(() -> told.add("drain"), () -> {
            interruption.signal();
            interruption.signal();
            return true;
        });

        assertThat(told).containsExactly("drain", "halt 130");
    }

    @Test
    void goesBackToTheOuterWork() throws InterruptedException {
        interruption.during(() -> told.add("outer"), () -> {
            interruption.during(() -> told.add("inner"), () -> true);
            interruption.signal();
            return true;
        });

        assertThat(told).containsExactly("outer");
    }
}
