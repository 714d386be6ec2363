package io.odibi.engine.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.Options;
import io.odibi.core.describe.Scan.FormatScan;
import io.odibi.core.describe.ScanSchema;
import io.odibi.core.describe.SourceTraits;
import io.odibi.core.describe.SourceTraits.Replay;
import io.odibi.core.execution.Explanation;
import io.odibi.core.execution.Failure;
import io.odibi.core.execution.Failure.FailedBatch;
import io.odibi.core.execution.Failure.Nature;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.model.OutputMode;
import io.odibi.core.model.Processing;
import io.odibi.core.model.StreamingSpec.StateGrowth;
import io.odibi.core.model.Supervision;
import io.odibi.core.model.Trigger;
import io.odibi.core.plan.InputPlan;
import io.odibi.core.plan.NodeId;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.Plan;
import io.odibi.core.plan.ReadPlan;
import io.odibi.core.plan.StreamingPlan;
import io.odibi.core.port.FailureExplainer;
import io.odibi.core.port.StepException;
import io.odibi.core.text.Located;
import io.odibi.core.text.Position;
import io.odibi.core.text.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeFailuresTest {

    private static final String CANARY = "c4n4ry-pa55word";
    private static final String JAAS =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" password=\"" + CANARY
                    + "\";";

    private static final FailureExplainer NOBODY = (chain, node) -> Optional.empty();

    private final NodePlan node = node();
    private final Plan plan = new Plan("test", List.of(node), Map.of());

    @Test
    void saysWhatTheDeepestCauseSaysInOneLine() {
        RuntimeException cause = new IllegalStateException("disk is on fire\n\tat place one");
        assertThat(told(new IllegalArgumentException("[STREAM_FAILED] Query [id = x] terminated", cause)))
                .isEqualTo("cannot run node 'n': disk is on fire");
    }

    @Test
    void leavesOutWhatSparkSaysAroundIt() {
        assertThat(told(new RuntimeException(
                        "Job aborted due to stage failure: Task 0 in stage 3.0 failed 1 times, most recent failure: Lost"
                                + " task 0.0 in stage 3.0 (TID 4) (127.0.0.1 executor driver):"
                                + " java.lang.IllegalStateException: boom\n\tat somewhere")))
                .isEqualTo("cannot run node 'n': boom");
        assertThat(told(new RuntimeException("[PATH_NOT_FOUND] Path does not exist: file:/x.")))
                .isEqualTo("cannot run node 'n': Path does not exist: file:/x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "login failed for " + CANARY,
                "options were {kafka.sasl.jaas.config=" + JAAS + "}",
                "https://host/?sig=" + CANARY + "&x=1",
                "jdbc:sqlserver://host;user=u;password=" + CANARY + ";",
                "amqps://user:" + CANARY + "@host/path"
            })
    void masksSecretsWhereverTheyStand(String message) {
        Failure failure = NodeFailures.of(plan, NOBODY, node, new IllegalStateException(message));

        assertThat(failure.message()).contains(Secret.MASK).doesNotContain(CANARY);
        assertThat(failure.toString()).doesNotContain(CANARY);
    }

    @Test
    void masksWhatOnlyLooksLikeASecret() {
        assertThat(told(new IllegalStateException("cannot log in: password=unknown-to-us")))
                .isEqualTo("cannot run node 'n': cannot log in: password=******");
    }

    @Test
    void tellsWhatAConnectorKnowsBeforeWhatTheEngineKnows() {
        FailureExplainer known = (chain, of) -> Optional.of(new Explanation(
                "the moon is full of " + CANARY + ", " + of.id().node() + ", " + chain.size(), Nature.PASSING));

        Failure failure = NodeFailures.of(plan, known, node, new RuntimeException("x", new OutOfMemoryError()));

        assertThat(failure.message()).isEqualTo("cannot run node 'n': the moon is full of " + Secret.MASK + ", n, 2");
        assertThat(failure.nature()).isEqualTo(Nature.PASSING);
    }

    @Test
    void saysWhatToDoAboutACheckpointOfAnotherQuery() {
        assertThat(told(new AssertionError("assertion failed: There are [1] sources in the checkpoint offsets and now"
                        + " there are [2] sources requested by the query. Cannot continue.")))
                .isEqualTo("cannot run node 'n': the checkpoint /state/n belongs to a query with other sources; go back"
                        + " to the query that made it, or give the node a new 'checkpoint_location'");
    }

    @Test
    void tellsAFindingAtItsPlace() {
        Finding finding = Finding.of(FindingCode.SQL_ANALYSIS, new Position("p.yaml", 3, 4), "no column 'x'");
        assertThat(told(new StepException(finding))).isEqualTo("p.yaml:3:4: no column 'x'");
    }

    @Test
    void saysSomethingOfAFaultThatSaysNothing() {
        assertThat(told(new NullPointerException()))
                .isEqualTo("cannot run node 'n': an unexpected fault; '--debug' shows it");
    }

    @ParameterizedTest
    @MethodSource("natures")
    void knowsWhetherAnotherStartMayHelp(Nature expected, Throwable cause) {
        assertThat(NodeFailures.of(plan, NOBODY, node, new RuntimeException("wrapped", cause))
                        .nature())
                .isEqualTo(expected);
    }

    static List<Arguments> natures() {
        return List.of(
                Arguments.of(Nature.PASSING, new java.net.ConnectException("Connection refused")),
                Arguments.of(Nature.PASSING, new java.net.SocketTimeoutException("read")),
                Arguments.of(Nature.PASSING, new java.util.concurrent.TimeoutException("Futures timed out")),
                Arguments.of(
                        Nature.PASSING,
                        new IllegalStateException(
                                "Job aborted due to stage failure: ExecutorLostFailure (executor 3" + " exited)")),
                Arguments.of(Nature.PASSING, new IllegalStateException("No space left on device")),
                Arguments.of(Nature.LASTING, new NoSuchMethodError("x")),
                Arguments.of(Nature.LASTING, new ClassNotFoundException("x")),
                Arguments.of(Nature.LASTING, new java.nio.file.AccessDeniedException("/x")),
                Arguments.of(Nature.LASTING, new OutOfMemoryError()),
                Arguments.of(
                        Nature.LASTING,
                        new AssertionError(
                                "There are [1] sources in the checkpoint offsets and now" + " there are [2] sources")),
                Arguments.of(Nature.UNKNOWN, new IllegalStateException("boom")),
                Arguments.of(Nature.UNKNOWN, new ArithmeticException("Division by zero")));
    }

    @Test
    void masksSecretsInOffsets() {
        Failure failure = NodeFailures.of(
                plan, NOBODY, node, new IllegalStateException("x"), Optional.of(new FailedBatch(7, "from " + CANARY)));

        assertThat(failure.batch()).contains(new FailedBatch(7, "from " + Secret.MASK));
    }

    private String told(Throwable cause) {
        return NodeFailures.of(plan, NOBODY, node, cause).message();
    }

    private static NodePlan node() {
        Options options = Options.none()
                .with("kafka.bootstrap.servers", "broker:9092")
                .with("subscribe", "orders")
                .with("kafka.sasl.jaas.config", Secret.of(JAAS));
        FormatScan scan = new FormatScan(
                "kafka", Optional.empty(), options, new ScanSchema.Fixed("value BINARY"), "kafka topic orders");
        ReadPlan read = new ReadPlan(
                "kafka",
                scan,
                new SourceTraits(Set.of(Processing.STREAMING), Replay.BY_OFFSET),
                Processing.STREAMING,
                Optional.of(Connection.toSystem("k", "kafka", Options.none().with("password", Secret.of(CANARY)))),
                Position.NONE);
        return new NodePlan(
                new NodeId("p", "n"),
                Optional.of(new InputPlan.FromRead(read)),
                Map.of(),
                List.of(),
                Optional.empty(),
                Optional.of(new StreamingPlan(
                        new Trigger.AvailableNow(),
                        new Located<>(OutputMode.APPEND, Position.NONE),
                        new Located<>("/state/n", Position.NONE),
                        List.of(),
                        StateGrowth.BOUNDED,
                        Supervision.byDefault(),
                        Position.NONE)),
                Position.NONE);
    }
}
