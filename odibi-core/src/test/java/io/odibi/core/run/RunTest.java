package io.odibi.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.Odibi;
import io.odibi.core.catalog.PluginCatalog;
import io.odibi.core.execution.Failure;
import io.odibi.core.execution.Failure.Nature;
import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.NodeResult.Outcome;
import io.odibi.core.execution.QueryHandle;
import io.odibi.core.execution.RowCounts;
import io.odibi.core.execution.RunEvent;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.OutputMode;
import io.odibi.core.model.Processing;
import io.odibi.core.model.RestartPolicy;
import io.odibi.core.model.Supervision;
import io.odibi.core.plan.NodeId;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.planning.FakePlugin;
import io.odibi.core.planning.Nodes;
import io.odibi.core.port.ExecutionMode;
import io.odibi.core.port.NodeExecution;
import io.odibi.core.port.Plugin;
import io.odibi.core.port.RunContext;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RunTest {

    private final FakeEngine engine = new FakeEngine();
    private final List<RunEvent> events = new CopyOnWriteArrayList<>();
    private final Odibi odibi = new Odibi(
            PluginCatalog.of(List.<Plugin>of(new FakePlugin(), to -> to.executionMode("fake", engine))),
            Clock.systemUTC());

    @AfterEach
    void close() {
        odibi.close();
    }

    @Test
    void runsBatchNodesOneAfterTheOther() throws Exception {
        RunResult result = prepare(new Nodes()
                        .node("b")
                        .after("a")
                        .end()
                        .node("a")
                        .read("table")
                        .end())
                .await();

        assertThat(result.isWell()).isTrue();
        assertThat(engine.started).containsExactly("a", "b");
        assertThat(events).extracting(event -> event.node().node()).containsExactly("a", "a", "b", "b");
    }

    @Test
    void skipsWhatBuildsOnAFailureAndRunsTheRest() throws Exception {
        engine.failing.add("a");

        RunResult result = prepare(new Nodes()
                        .node("a")
                        .read("table")
                        .end()
                        .node("child")
                        .after("a")
                        .end()
                        .node("grandchild")
                        .after("child")
                        .end()
                        .node("other")
                        .read("table")
                        .end())
                .await();

        assertThat(result.isWell()).isFalse();
        assertThat(outcomes(result))
                .isEqualTo(Map.of(
                        "a", Outcome.FAILED,
                        "child", Outcome.SKIPPED,
                        "grandchild", Outcome.SKIPPED,
                        "other", Outcome.SUCCEEDED));
    }

    @Test
    void letsOtherStreamsGoOnWhenOneDies() throws Exception {
        CompletableFuture<RunResult> run = inBackground(prepare(new Nodes()
                .node("s1").read("stream").stream(OutputMode.APPEND).write("t1").end().node("s2").read("stream").stream(
                                OutputMode.APPEND)
                        .write("t2")
                        .end()));
        engine.awaitStarted(2);

        engine.fail("s1");
        assertThat(run).isNotDone();
        engine.succeed("s2");

        assertThat(outcomes(run.get(10, TimeUnit.SECONDS)))
                .isEqualTo(Map.of("s1", Outcome.FAILED, "s2", Outcome.SUCCEEDED));
    }

    @Test
    void runsABatchNodeWhenTheStreamBeforeItHasEnded() throws Exception {
        CompletableFuture<RunResult> run = inBackground(prepare(new Nodes()
                .node("s")
                .read("stream")
                .caughtUp()
                .write("t")
                .end()
                .node("b")
                .after("s")
                .end()));
        engine.awaitStarted(1);
        assertThat(engine.started).containsExactly("s");

        engine.succeed("s");

        run.get(10, TimeUnit.SECONDS);
        assertThat(engine.started).containsExactly("s", "b");
    }

    @Test
    void drainsWhatWorksAndStartsNothingMore() throws Exception {
        Run run = prepare(new Nodes()
                .node("s")
                .read("stream")
                .caughtUp()
                .write("t")
                .end()
                .node("b")
                .after("s")
                .end());
        CompletableFuture<RunResult> result = inBackground(run);
        engine.awaitStarted(1);

        assertThat(run.drain(Duration.ofSeconds(5))).isTrue();

        assertThat(outcomes(result.get(10, TimeUnit.SECONDS)))
                .isEqualTo(Map.of("s", Outcome.STOPPED, "b", Outcome.SKIPPED));
        assertThat(result.get().isWell()).isTrue();
    }

    @Test
    void drainsOneNodeAndLetsTheOthersGoOn() throws Exception {
        Run run = prepare(new Nodes()
                .node("s1").read("stream").stream(OutputMode.APPEND).write("t1").end().node("s2").read("stream").stream(
                                OutputMode.APPEND)
                        .write("t2")
                        .end());
        NodeId first = run.plan().nodes().get(0).id();
        CompletableFuture<RunResult> result = inBackground(run);
        engine.awaitStarted(2);

        assertThat(run.drain(first, Duration.ofSeconds(5))).isTrue();
        assertThat(run.drain(first, Duration.ZERO)).as("again").isTrue();
        assertThat(result).isNotDone();
        engine.succeed("s2");

        assertThat(outcomes(result.get(10, TimeUnit.SECONDS)))
                .isEqualTo(Map.of("s1", Outcome.STOPPED, "s2", Outcome.SUCCEEDED));
    }

    @Test
    void doesNotSayThatANodeIsGoneThatHasNotBegun() throws Exception {
        Run run = prepare(new Nodes().node("a").read("table").end());

        assertThat(run.drain(run.plan().nodes().get(0).id(), Duration.ZERO)).isFalse();
        assertThat(run.drain(new NodeId("no", "such"), Duration.ZERO)).isFalse();
    }

    @Test
    void countsANodeThatCannotStartAsFailedWithoutShowingItsException() throws Exception {
        engine.refusing.add("a");

        RunResult result = prepare(new Nodes().node("a").read("table").end()).await();

        assertThat(result.nodes().get(0).failure().orElseThrow().message())
                .startsWith("cannot start node 'a'")
                .doesNotContain("secret");
    }

    private Run prepare(Nodes nodes) {
        return odibi.prepare(odibi.check(nodes.project(), new Findings()).orThrow(), events::add);
    }

    private static CompletableFuture<RunResult> inBackground(Run run) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return run.await();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        });
    }

    @Test
    void startsAStreamAgainWhoseFailurePasses() throws Exception {
        CompletableFuture<RunResult> run = inBackground(prepare(stream("s", QUICK)));
        engine.awaitStarted(1);

        engine.fail("s", Nature.PASSING);
        engine.awaitStarted(2);
        engine.succeed("s");

        assertThat(outcomes(run.get(10, TimeUnit.SECONDS))).isEqualTo(Map.of("s", Outcome.SUCCEEDED));
        assertThat(events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("NodeStarted", "RestartPlanned", "NodeStarted", "NodeEnded");
    }

    @Test
    void leavesAStreamDownWhoseFailureLasts() throws Exception {
        CompletableFuture<RunResult> run = inBackground(prepare(stream("s", QUICK)));
        engine.awaitStarted(1);

        engine.fail("s", Nature.LASTING);

        assertThat(outcomes(run.get(10, TimeUnit.SECONDS))).isEqualTo(Map.of("s", Outcome.FAILED));
        assertThat(engine.started).hasSize(1);
    }

    @Test
    void saysHowOftenAStreamWasStartedInVain() throws Exception {
        CompletableFuture<RunResult> run = inBackground(prepare(stream("s", QUICK)));
        for (int starts = 1; starts <= 3; starts++) {
            engine.awaitStarted(starts);
            engine.fail("s", Nature.PASSING);
        }

        NodeResult result = run.get(10, TimeUnit.SECONDS).nodes().get(0);
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.failure().orElseThrow().message())
                .isEqualTo("it died; it was started again 2 times in 1 minute");
    }

    @Test
    void endsAStreamThatWaitsForItsNextStart() throws Exception {
        Run prepared = prepare(stream("s", SLOW));
        CompletableFuture<RunResult> run = inBackground(prepared);
        engine.awaitStarted(1);
        engine.fail("s", Nature.PASSING);
        Awaitility.await().until(() -> events.size() == 2);

        assertThat(prepared.drain(Duration.ofSeconds(5))).isTrue();

        assertThat(outcomes(run.get(10, TimeUnit.SECONDS))).isEqualTo(Map.of("s", Outcome.FAILED));
    }

    @Test
    void stopsOneStreamThatWaitsForItsNextStart() throws Exception {
        Run prepared = prepare(stream("s", SLOW));
        CompletableFuture<RunResult> run = inBackground(prepared);
        engine.awaitStarted(1);
        engine.fail("s", Nature.PASSING);
        Awaitility.await().until(() -> events.size() == 2);

        assertThat(prepared.drain(prepared.plan().nodes().get(0).id(), Duration.ofSeconds(5)))
                .isTrue();

        assertThat(outcomes(run.get(10, TimeUnit.SECONDS))).isEqualTo(Map.of("s", Outcome.FAILED));
    }

    @Test
    void restartsAStreamThatWorks() throws Exception {
        Run prepared = prepare(stream("s", SLOW));
        CompletableFuture<RunResult> run = inBackground(prepared);
        engine.awaitStarted(1);

        assertThat(prepared.restart(prepared.plan().nodes().get(0).id(), Duration.ofSeconds(5)))
                .isTrue();

        engine.awaitStarted(2);
        engine.succeed("s");
        assertThat(outcomes(run.get(10, TimeUnit.SECONDS))).isEqualTo(Map.of("s", Outcome.SUCCEEDED));
        assertThat(events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("NodeStarted", "RestartAsked", "NodeStarted", "NodeEnded");
    }

    @Test
    void restartsAStreamThatHasFailedWhileOthersGoOn() throws Exception {
        Run prepared = prepare(stream("s", RestartPolicy.never()).node("other").read("stream").stream(OutputMode.APPEND)
                .write("t2")
                .end());
        CompletableFuture<RunResult> run = inBackground(prepared);
        engine.awaitStarted(2);
        engine.fail("s", Nature.PASSING);
        Awaitility.await().until(() -> events.size() == 3);

        assertThat(prepared.restart(prepared.plan().nodes().get(0).id(), Duration.ZERO))
                .isTrue();

        engine.awaitStarted(3);
        engine.succeed("s");
        engine.succeed("other");
        assertThat(outcomes(run.get(10, TimeUnit.SECONDS)))
                .isEqualTo(Map.of("s", Outcome.SUCCEEDED, "other", Outcome.SUCCEEDED));
    }

    @Test
    void restartsNothingThatIsNoStreamAtWork() throws Exception {
        Run prepared = prepare(new Nodes().node("b").read("table").end());
        NodeId batch = prepared.plan().nodes().get(0).id();
        prepared.await();

        assertThat(prepared.restart(batch, Duration.ZERO)).isFalse();
        assertThat(prepared.restart(new NodeId("no", "such"), Duration.ZERO)).isFalse();
    }

    @Test
    void runsWhatWasSkippedWhenTheStreamBeforeItIsStartedAgain() throws Exception {
        Run prepared = prepare(new Nodes()
                        .node("s")
                        .read("stream")
                        .supervised(new Supervision(RestartPolicy.never(), 3))
                        .caughtUp()
                        .write("t")
                        .end()
                        .node("b")
                        .after("s")
                        .end()
                        .node("other")
                        .read("stream")
                        .stream(OutputMode.APPEND)
                        .write("t2")
                        .end());
        CompletableFuture<RunResult> run = inBackground(prepared);
        engine.awaitStarted(2);
        engine.fail("s");
        Awaitility.await().until(() -> ended("b"));

        assertThat(prepared.restart(prepared.plan().nodes().get(0).id(), Duration.ZERO))
                .isTrue();
        engine.awaitStarted(3);
        engine.succeed("s");
        engine.awaitStarted(4);
        engine.succeed("other");

        assertThat(outcomes(run.get(10, TimeUnit.SECONDS)))
                .isEqualTo(Map.of("s", Outcome.SUCCEEDED, "b", Outcome.SUCCEEDED, "other", Outcome.SUCCEEDED));
    }

    @Test
    void endsWithoutAStreamThatCannotBeStopped() throws Exception {
        engine.deaf.add("s");
        Run prepared = prepare(stream("s", QUICK));
        CompletableFuture<RunResult> run = inBackground(prepared);
        engine.awaitStarted(1);

        assertThat(prepared.drain(Duration.ZERO)).isFalse();

        RunResult result = run.get(10, TimeUnit.SECONDS);
        assertThat(outcomes(result)).isEqualTo(Map.of("s", Outcome.STUCK));
        assertThat(result.isWell()).isFalse();
        assertThat(prepared.atWork()).isEmpty();
        engine.succeed("s");
        assertThat(events).filteredOn(RunEvent.NodeEnded.class::isInstance).hasSize(1);
    }

    @Test
    void saysThatOneStreamCannotBeStoppedAndWaitsForItsEnd() throws Exception {
        engine.deaf.add("s");
        Run prepared = prepare(stream("s", QUICK));
        NodeId id = prepared.plan().nodes().get(0).id();
        CompletableFuture<RunResult> run = inBackground(prepared);
        engine.awaitStarted(1);

        assertThat(prepared.drain(id, Duration.ZERO)).isFalse();
        assertThat(prepared.restart(id, Duration.ZERO)).isFalse();
        assertThat(prepared.atWork()).containsExactly(id);
        assertThat(events).filteredOn(RunEvent.NodeStuck.class::isInstance).hasSize(2);

        engine.executions.get("s").end(Outcome.INTERRUPTED);
        assertThat(outcomes(run.get(10, TimeUnit.SECONDS))).isEqualTo(Map.of("s", Outcome.INTERRUPTED));
        assertThat(engine.started).containsExactly("s");
    }

    @Test
    void saysWhatIsStillBeingStartedWhenTheGraceIsOver() throws Exception {
        Run prepared = prepare(stream("s", QUICK));
        CountDownLatch release = new CountDownLatch(1);
        engine.beforeStart = () -> {
            try {
                release.await();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        };
        CompletableFuture<RunResult> run = inBackground(prepared);
        NodeId id = prepared.plan().nodes().get(0).id();
        Awaitility.await().until(() -> prepared.atWork().contains(id));

        assertThat(prepared.drain(Duration.ofMillis(10))).isFalse();
        assertThat(prepared.atWork()).containsExactly(id);

        release.countDown();
        assertThat(outcomes(run.get(10, TimeUnit.SECONDS))).isEqualTo(Map.of("s", Outcome.STOPPED));
    }

    private boolean ended(String node) {
        return events.stream()
                .anyMatch(event -> event instanceof RunEvent.NodeEnded
                        && event.node().node().equals(node));
    }

    private static final RestartPolicy QUICK =
            new RestartPolicy(2, Duration.ofMinutes(1), Duration.ofMillis(1), Duration.ofMillis(5));
    private static final RestartPolicy SLOW =
            new RestartPolicy(2, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1));

    private static Nodes stream(String name, RestartPolicy policy) {
        return new Nodes()
                .node(name).read("stream").supervised(new Supervision(policy, 3)).stream(OutputMode.APPEND)
                        .write("t")
                        .end();
    }

    private static Map<String, Outcome> outcomes(RunResult result) {
        Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
        result.nodes().forEach(node -> outcomes.put(node.node().node(), node.outcome()));
        return outcomes;
    }

    /** Ends batch nodes at once; streams when told. */
    private static final class FakeEngine implements ExecutionMode {
        private final List<String> started = new CopyOnWriteArrayList<>();
        private final Set<String> failing = ConcurrentHashMap.newKeySet();
        private final Set<String> refusing = ConcurrentHashMap.newKeySet();
        private final Set<String> deaf = ConcurrentHashMap.newKeySet();
        private volatile Runnable beforeStart = () -> {};
        private final Map<String, FakeExecution> executions = new ConcurrentHashMap<>();

        @Override
        public boolean accepts(NodePlan node) {
            return true;
        }

        @Override
        public NodeExecution start(NodePlan node, RunContext run) {
            String name = node.id().node();
            if (refusing.contains(name)) {
                throw new IllegalStateException("secret");
            }
            beforeStart.run();
            FakeExecution execution = new FakeExecution(node.id(), deaf.contains(name));
            executions.put(name, execution);
            if (node.processing() == Processing.BATCH) {
                execution.end(failing.contains(name) ? Outcome.FAILED : Outcome.SUCCEEDED);
            }
            started.add(name);
            return execution;
        }

        private void awaitStarted(int count) {
            Awaitility.await().until(() -> started.size() == count);
        }

        private void succeed(String name) {
            executions.get(name).end(Outcome.SUCCEEDED);
        }

        private void fail(String name) {
            executions.get(name).end(Outcome.FAILED);
        }

        private void fail(String name, Nature nature) {
            executions.get(name).fail(new Failure("it died", new IllegalStateException(), nature, Optional.empty()));
        }
    }

    private static final class FakeExecution implements NodeExecution {
        private final NodeId id;
        private final boolean isDeaf;
        private final CompletableFuture<NodeResult> completion = new CompletableFuture<>();

        private FakeExecution(NodeId id, boolean isDeaf) {
            this.id = id;
            this.isDeaf = isDeaf;
        }

        private void end(Outcome outcome) {
            Optional<Failure> failure = outcome == Outcome.FAILED
                    ? Optional.of(new Failure("it died", new IllegalStateException()))
                    : Optional.empty();
            end(outcome, failure);
        }

        private void fail(Failure failure) {
            end(Outcome.FAILED, Optional.of(failure));
        }

        private void end(Outcome outcome, Optional<Failure> failure) {
            completion.complete(new NodeResult(
                    id, outcome, failure, query(), RowCounts.unknown(), Optional.empty(), Duration.ZERO));
        }

        @Override
        public Optional<QueryHandle> query() {
            return Optional.empty();
        }

        @Override
        public CompletionStage<NodeResult> completion() {
            return completion;
        }

        @Override
        public boolean drain(Duration grace) {
            if (isDeaf) {
                return false;
            }
            end(Outcome.STOPPED);
            return true;
        }
    }
}
