package io.odibi.monitoring.queries;

import static io.odibi.monitoring.queries.Events.CLICKS;
import static io.odibi.monitoring.queries.Events.ORDERS;
import static io.odibi.monitoring.queries.Events.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.odibi.core.execution.NodeResult.Outcome;
import io.odibi.core.plan.NodeId;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LiveQueriesTest {

    private static final Clock CLOCK = Clock.fixed(START.plusSeconds(50), ZoneOffset.UTC);

    private final LiveQueries queries =
            new LiveQueries(Events.plan(ORDERS, CLICKS), this::end, this::startAgain, CLOCK);

    private boolean isStubborn;
    private boolean isLate;

    private boolean end(NodeId query, Duration grace) {
        if (isStubborn) {
            return false;
        }
        queries.on(Events.ended(query, grace.isZero() ? Outcome.INTERRUPTED : Outcome.STOPPED));
        return true;
    }

    private boolean startAgain(NodeId query, Duration grace) {
        if (isStubborn) {
            return false;
        }
        if (isLate) {
            isLate = false;
            tellWhenAwaited(query, Thread.currentThread());
            return true;
        }
        queries.on(Events.restartAsked(query));
        queries.on(Events.nodeStarted(query));
        queries.on(Events.queryStarted(query, "second"));
        return true;
    }

    /** As the thread does that carries events over, when its turn comes after that of the one who asks. */
    private void tellWhenAwaited(NodeId query, Thread asking) {
        Thread telling = new Thread(() -> {
            Awaitility.await().until(() -> asking.getState() == Thread.State.TIMED_WAITING);
            startAgain(query, Duration.ZERO);
        });
        telling.setDaemon(true);
        telling.start();
    }

    @Test
    void startsAQueryAgain() throws Exception {
        queries.on(Events.nodeStarted(ORDERS));
        queries.on(Events.queryStarted(ORDERS));
        queries.on(Events.ended(ORDERS, Outcome.FAILED));

        QueryStatus again = queries.restart(ORDERS, Duration.ZERO).orElseThrow();

        assertThat(again.state()).isEqualTo(QueryState.RUNNING);
        assertThat(again.restarts()).isEqualTo(1);
        assertThat(again.error()).as("the last error").contains("the table is gone");
        isStubborn = true;
        assertThat(queries.restart(ORDERS, Duration.ZERO).orElseThrow().query()).isEqualTo(again.query());
        assertThat(queries.restart(new NodeId("no", "such"), Duration.ZERO)).isEmpty();
    }

    @Test
    void waitsForAnotherStartThatIsToldLate() throws Exception {
        queries.on(Events.nodeStarted(ORDERS));
        queries.on(Events.queryStarted(ORDERS));
        queries.on(Events.ended(ORDERS, Outcome.STOPPED));
        isLate = true;

        assertThat(queries.restart(ORDERS, Duration.ZERO).orElseThrow().state()).isEqualTo(QueryState.RUNNING);
    }

    @Test
    void tellsThatAQueryWaitsForItsNextStart() {
        queries.on(Events.nodeStarted(ORDERS));
        queries.on(Events.queryStarted(ORDERS));
        queries.on(Events.restartPlanned(ORDERS));

        QueryStatus waiting = queries.status(ORDERS).orElseThrow();
        assertThat(waiting.state()).isEqualTo(QueryState.RESTARTING);
        assertThat(waiting.error()).contains("the broker is gone");
    }

    @Test
    void countsAQueryAsUnhealthyThatGivesNoSign() {
        queries.on(Events.nodeStarted(ORDERS));
        queries.on(Events.queryStarted(ORDERS));
        assertThat(queries.status(ORDERS).orElseThrow().overdue()).contains(START.plusSeconds(61));

        queries.on(Events.idle(ORDERS, 30));
        QueryStatus idle = queries.status(ORDERS).orElseThrow();
        assertThat(idle.overdue()).contains(START.plusSeconds(90));
        assertThat(idle.isUnhealthy(START.plusSeconds(90))).isFalse();
        assertThat(idle.isUnhealthy(START.plusSeconds(91))).isTrue();

        queries.on(Events.ended(ORDERS, Outcome.STOPPED));
        assertThat(queries.status(ORDERS).orElseThrow().overdue()).isEmpty();
    }

    @Test
    void tellsWhatAQueryDoesAndSinceWhen() {
        queries.on(Events.nodeStarted(ORDERS));
        assertThat(queries.status(ORDERS).orElseThrow().state()).isEqualTo(QueryState.STARTING);

        queries.on(Events.queryStarted(ORDERS));
        QueryStatus running = queries.status(ORDERS).orElseThrow();
        assertThat(running.state()).isEqualTo(QueryState.RUNNING);
        assertThat(running.since()).isEqualTo(START.plusSeconds(1));
        assertThat(running.query()).contains(Events.handle(ORDERS));
        assertThat(running.trigger()).isEqualTo("every 10 seconds");

        queries.on(Events.ended(ORDERS, Outcome.FAILED));
        QueryStatus failed = queries.status(ORDERS).orElseThrow();
        assertThat(failed.state()).isEqualTo(QueryState.FAILED);
        assertThat(failed.since()).isEqualTo(START.plusSeconds(100));
        assertThat(failed.error()).contains("the table is gone");
    }

    @Test
    void leavesOutBatchNodesAndStreamsThatAreAPartOfOthers() {
        NodeId view = new NodeId("shop", "view");
        LiveQueries mixed = new LiveQueries(
                Events.mixed(ORDERS, CLICKS, view), (query, grace) -> true, (query, grace) -> true, CLOCK);
        mixed.on(Events.nodeStarted(CLICKS));
        mixed.on(Events.nodeStarted(view));
        mixed.on(Events.nodeStarted(ORDERS));
        mixed.on(Events.ended(CLICKS, Outcome.SUCCEEDED));

        assertThat(mixed.list()).extracting(QueryStatus::node).containsExactly(ORDERS);
    }

    @Test
    void sumsUpAndEstimatesThePace() {
        start(ORDERS);
        // A minute of 1,000 rows each 10 seconds, while 1,200 come.
        for (int batch = 1; batch <= 7; batch++) {
            queries.on(Events.committed(ORDERS, batch, 1_000, 200L * batch, 50L * batch));
        }

        QueryStatus status = queries.status(ORDERS).orElseThrow();
        assertThat(status.totals()).isEqualTo(new QueryStatus.Totals(7, 7_000, java.util.OptionalLong.of(7_000), 7));
        assertThat(status.pace().rowsIn().orElseThrow()).isEqualTo(100, within(0.1));
        assertThat(status.pace().stateGrowth().orElseThrow()).isEqualTo(5, within(0.01));
        assertThat(status.pace().memoryGrowth().orElseThrow()).isEqualTo(500, within(0.01));
        // 1,400 wait; 120 come each second; it could take 1,000.
        assertThat(status.pace().lagTime().orElseThrow()).isCloseTo(Duration.ofMillis(11_667), Duration.ofMillis(10));
        assertThat(status.pace().catchUp().orElseThrow()).isCloseTo(Duration.ofMillis(1_591), Duration.ofMillis(10));
        assertThat(status.watermarkDelay(START.plusSeconds(80))).contains(Duration.ofSeconds(70));
    }

    @Test
    void keepsAHundredMicroBatches() {
        start(ORDERS);
        for (int batch = 1; batch <= 250; batch++) {
            queries.on(Events.committed(ORDERS, batch, 1, 0, 0));
        }

        assertThat(queries.history(ORDERS)).hasSize(100);
        assertThat(queries.history(ORDERS).get(99).batch()).isEqualTo(250);
        assertThat(queries.status(ORDERS).orElseThrow().totals().batches()).isEqualTo(250);
    }

    @Test
    void stopsOneAndLeavesTheOther() throws Exception {
        start(ORDERS);
        start(CLICKS);

        assertThat(queries.stop(ORDERS, Duration.ofSeconds(5)).orElseThrow().state())
                .isEqualTo(QueryState.STOPPED);
        assertThat(queries.status(CLICKS).orElseThrow().state()).isEqualTo(QueryState.RUNNING);
        assertThat(queries.stop(CLICKS, Duration.ZERO).orElseThrow().state()).isEqualTo(QueryState.INTERRUPTED);
        assertThat(queries.stop(new NodeId("no", "such"), Duration.ZERO)).isEmpty();
    }

    @Test
    void doesNotSayStoppedOfAQueryThatIsNot() throws Exception {
        isStubborn = true;
        start(ORDERS);

        QueryStatus after = queries.stop(ORDERS, Duration.ZERO).orElseThrow();

        assertThat(after.state()).isEqualTo(QueryState.DRAINING);
        assertThat(after.since()).isEqualTo(CLOCK.instant());
    }

    @Test
    void awaitsAnEnd() throws Exception {
        start(ORDERS);
        assertThat(queries.await(ORDERS, Duration.ofMillis(10)).orElseThrow().state())
                .isEqualTo(QueryState.RUNNING);

        CompletableFuture<QueryStatus> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return queries.await(ORDERS, Duration.ofSeconds(10)).orElseThrow();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        });
        queries.on(Events.ended(ORDERS, Outcome.SUCCEEDED));

        assertThat(waiting.get(10, TimeUnit.SECONDS).state()).isEqualTo(QueryState.ENDED);
    }

    @Test
    void countsRestarts() {
        start(ORDERS);
        queries.on(Events.queryStarted(ORDERS));
        queries.on(Events.queryStarted(ORDERS));

        assertThat(queries.status(ORDERS).orElseThrow().restarts()).isEqualTo(2);
    }

    @Test
    void carriesEventsOverWithoutHoldingAQueryUp() {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        try (EventThread thread = new EventThread(java.util.List.of(event -> gate.join(), queries))) {
            thread.on(Events.nodeStarted(ORDERS));
            // More than it keeps, while its watcher stands still.
            for (int batch = 1; batch <= 12_000; batch++) {
                thread.on(Events.committed(ORDERS, batch, 1, 0, 0));
            }
            thread.on(Events.ended(ORDERS, Outcome.SUCCEEDED));
            assertThat(thread.dropped()).isBetween(1_990L, 2_000L);

            gate.complete(null);
            Awaitility.await()
                    .until(() -> queries.status(ORDERS)
                            .filter(status -> status.state() == QueryState.ENDED)
                            .isPresent());
        }
    }

    private void start(NodeId node) {
        queries.on(Events.nodeStarted(node));
        queries.on(Events.queryStarted(node));
    }
}
