package io.odibi.it.eventhubs.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odibi.it.eventhubs.emulator.StartPosition.Kind;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.qpid.proton.message.Message;
import org.junit.jupiter.api.Test;

/** Selectors, and the sequence numbers that they mean in a partition that keeps 2, 3 and 4 of 0 to 4. */
class StartPositionTest {

    private final PartitionLog log = new PartitionLog(0, Clock.systemUTC());

    StartPositionTest() {
        log.append(IntStream.range(0, 5)
                .mapToObj(i -> EventContent.of(Message.Factory.create(), 100))
                .toList());
        log.expire(1);
    }

    @Test
    void readsSelectors() {
        assertThat(StartPosition.parse("amqp.annotation.x-opt-offset > '-1'"))
                .isEqualTo(new StartPosition(Kind.OFFSET, false, "-1"));
        assertThat(StartPosition.parse("amqp.annotation.x-opt-sequence-number >= '7'"))
                .isEqualTo(new StartPosition(Kind.SEQUENCE_NUMBER, true, "7"));
        assertThat(StartPosition.parse("amqp.annotation.x-opt-enqueued-time > '1700000000000'"))
                .isEqualTo(new StartPosition(Kind.ENQUEUED_TIME, false, "1700000000000"));
    }

    @Test
    void refusesSelectorsThatTheServiceDoesNotKnow() {
        for (String selector : List.of(
                "", "color = 'red'", "amqp.annotation.x-opt-color > '1'", "amqp.annotation.x-opt-offset > 'x'")) {
            assertThatThrownBy(() -> StartPosition.parse(selector))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("The filter '" + selector + "' is invalid.");
        }
    }

    @Test
    void beginsAtOrAfterTheValue() {
        String third = "" + log.events().get(1).offset();

        assertThat(start("offset > '" + third + "'")).isEqualTo(4);
        assertThat(start("offset >= '" + third + "'")).isEqualTo(3);
        assertThat(start("sequence-number > '2'")).isEqualTo(3);
        assertThat(start("sequence-number >= '2'")).isEqualTo(2);
        assertThat(start("enqueued-time > '0'")).isEqualTo(2);
        assertThat(start("enqueued-time > '9999999999999'")).isEqualTo(5);
        assertThat(start("offset > '@latest'")).isEqualTo(5);
    }

    @Test
    void givesTheOldestThatIsKeptForWhatHasExpired() {
        assertThat(log.from(start("offset >= '-1'")))
                .map(StoredEvent::sequenceNumber)
                .contains(2L);
        assertThat(log.from(start("sequence-number > '0'")))
                .map(StoredEvent::sequenceNumber)
                .contains(2L);
    }

    @Test
    void refusesWhatLiesBeyondTheEnd() {
        assertThat(start("sequence-number >= '5'")).isEqualTo(5);
        assertThatThrownBy(() -> start("sequence-number > '5'"))
                .hasMessageContaining(
                        "The supplied sequence number '5' is invalid. The last sequence number in the system is '4'");
        assertThatThrownBy(() -> start("offset > '9999'"))
                .hasMessageContaining("The supplied offset '9999' is invalid. The last offset in the system is '560'");
    }

    private long start(String selector) {
        return log.start(StartPosition.parse("amqp.annotation.x-opt-" + selector));
    }
}
