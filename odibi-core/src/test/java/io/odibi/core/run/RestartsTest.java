package io.odibi.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.execution.Failure;
import io.odibi.core.execution.Failure.FailedBatch;
import io.odibi.core.execution.Failure.Nature;
import io.odibi.core.model.OutputMode;
import io.odibi.core.model.RestartPolicy;
import io.odibi.core.model.StreamingSpec.StateGrowth;
import io.odibi.core.model.Supervision;
import io.odibi.core.model.Trigger;
import io.odibi.core.plan.NodeId;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.StreamingPlan;
import io.odibi.core.run.Restarts.Decision;
import io.odibi.core.text.Located;
import io.odibi.core.text.Position;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestartsTest {

    private static final Position AT = Position.NONE;
    private static final NodeId ID = new NodeId("p", "n");
    private static final RestartPolicy POLICY =
            new RestartPolicy(4, Duration.ofMinutes(10), Duration.ofSeconds(5), Duration.ofSeconds(30));

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Restarts restarts = new Restarts(new Ticking(), () -> 0.5);

    @Test
    void waitsTwiceAsLongAfterEachFailureUpToTheLongestWait() {
        assertThat(delays(4)).containsExactly(5_000L, 10_000L, 20_000L, 30_000L);
    }

    @Test
    void waitsShortAgainAfterACommit() {
        delays(2);

        restarts.committed(ID);

        assertThat(delays(1)).containsExactly(5_000L);
    }

    @Test
    void spreadsTheWaits() {
        assertThat(((Decision.Again) new Restarts(new Ticking(), () -> 0.0).after(node(POLICY), passing())).delay())
                .isEqualTo(Duration.ofSeconds(4));
        assertThat(((Decision.Again) new Restarts(new Ticking(), () -> 1.0).after(node(POLICY), passing())).delay())
                .isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void givesUpAfterTheLastAttemptInTheWindow() {
        delays(4);

        assertThat(restarts.after(node(POLICY), inBatch(Nature.PASSING, 7)))
                .isEqualTo(new Decision.GivenUp(Optional.of(
                        "it was started again 4 times in 10 minutes; micro-batch 7 is in hand, which reads 3 to 9")));
    }

    @Test
    void countsOnlyWhatIsInTheWindow() {
        delays(4);
        now = now.plus(Duration.ofMinutes(11));

        assertThat(restarts.after(node(POLICY), passing())).isEqualTo(new Decision.Again(1, Duration.ofSeconds(30)));
    }

    @Test
    void givesUpAMicroBatchThatFailsAgainAndAgainForACauseThatNobodyKnows() {
        restarts.after(node(POLICY), inBatch(Nature.UNKNOWN, 7));
        restarts.after(node(POLICY), inBatch(Nature.UNKNOWN, 7));

        assertThat(restarts.after(node(POLICY), inBatch(Nature.UNKNOWN, 7)))
                .isEqualTo(new Decision.GivenUp(Optional.of("micro-batch 7 failed 3 times; it reads 3 to 9")));
    }

    @Test
    void doesNotBlameAMicroBatchForCausesThatPass() {
        for (int failures = 0; failures < 3; failures++) {
            assertThat(restarts.after(node(POLICY), inBatch(Nature.PASSING, 7))).isInstanceOf(Decision.Again.class);
        }

        assertThat(restarts.after(node(POLICY), inBatch(Nature.UNKNOWN, 7))).isInstanceOf(Decision.Again.class);
    }

    @Test
    void goesOnWhereOtherMicroBatchesFail() {
        restarts.after(node(POLICY), inBatch(Nature.UNKNOWN, 7));
        restarts.after(node(POLICY), inBatch(Nature.UNKNOWN, 7));
        restarts.committed(ID);

        assertThat(restarts.after(node(POLICY), inBatch(Nature.UNKNOWN, 8))).isInstanceOf(Decision.Again.class);
    }

    @Test
    void givesUpAStreamThatNeverComesToAMicroBatch() {
        Failure atStart = new Failure("no", new IllegalStateException(), Nature.UNKNOWN, Optional.empty());
        restarts.after(node(POLICY), atStart);
        restarts.after(node(POLICY), atStart);

        assertThat(restarts.after(node(POLICY), atStart))
                .isEqualTo(new Decision.GivenUp(Optional.of("it failed 3 times before its first micro-batch")));
    }

    @Test
    void neverTriesWhatLastsOrWhatThePolicyForbids() {
        Decision down = new Decision.GivenUp(Optional.empty());

        assertThat(restarts.after(node(POLICY), inBatch(Nature.LASTING, 1))).isEqualTo(down);
        assertThat(restarts.after(node(RestartPolicy.never()), passing())).isEqualTo(down);
    }

    @Test
    void beginsAnewForAStreamThatSomebodyStarts() {
        delays(4);

        restarts.forget(ID);

        assertThat(delays(1)).containsExactly(5_000L);
    }

    private List<Long> delays(int failures) {
        return java.util.stream.IntStream.range(0, failures)
                .mapToObj(one -> ((Decision.Again) restarts.after(node(POLICY), passing())).delay())
                .map(Duration::toMillis)
                .toList();
    }

    private static Failure passing() {
        return new Failure("gone", new IllegalStateException(), Nature.PASSING, Optional.empty());
    }

    private static Failure inBatch(Nature nature, long number) {
        return new Failure("gone", new IllegalStateException(), nature, Optional.of(new FailedBatch(number, "3 to 9")));
    }

    private static NodePlan node(RestartPolicy policy) {
        StreamingPlan streaming = new StreamingPlan(
                new Trigger.AvailableNow(),
                new Located<>(OutputMode.APPEND, AT),
                new Located<>("/checkpoint", AT),
                List.of(),
                StateGrowth.BOUNDED,
                new Supervision(policy, 3),
                AT);
        return new NodePlan(ID, Optional.empty(), Map.of(), List.of(), Optional.empty(), Optional.of(streaming), AT);
    }

    /** Stands still until the test moves it. */
    private final class Ticking extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
