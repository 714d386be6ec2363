package io.odibi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class RunCommandTest {

    private static final String BATCH = """
            - {name: last, depends_on: [first]}
            - {name: first, read: {format: table}}
            - {name: other, read: {format: table}}
            """;

    private Session session;

    @BeforeEach
    void begin(@TempDir Path folder) {
        session = new Session(folder);
    }

    @Test
    void tellsEachEventOnALine() throws Exception {
        assertThat(session.odibi("run", session.project("- {name: first, read: {format: table}}")))
                .isZero();
        assertThat(session.out()).isEqualTo("""
                        2026-11-22T21:00:00Z p.first started
                        2026-11-22T21:00:00Z p.first succeeded, 7 rows in, 5 rows out, 1.5 s

                        node     outcome    rows in  rows out   time
                        p.first  succeeded        7         5  1.5 s
                        all well after 0 ms
                        """);
        assertThat(session.err()).isEmpty();
    }

    @Test
    void runsTheWantedNodesAndThoseThatTheyUse() throws Exception {
        assertThat(session.odibi("run", session.project(BATCH), "--node", "last"))
                .isZero();
        assertThat(session.plugin.started).containsExactly("first", "last");
    }

    @Test
    void takesANodeByItsFullName() throws Exception {
        assertThat(session.odibi("run", session.project(BATCH), "--pipeline=p", "--node=p.other"))
                .isZero();
        assertThat(session.plugin.started).containsExactly("other");
    }

    @Test
    void tellsANodeOrPipelineThatIsNotThere() throws Exception {
        Path project = session.project(BATCH);

        assertThat(session.odibi("run", project, "--node", "lst")).isEqualTo(3);
        assertThat(session.odibi("run", project, "--pipeline", "q")).isEqualTo(3);
        assertThat(session.err())
                .contains("error: no node 'lst'; did you mean 'last'?\n")
                .contains("error: no pipeline 'q'; ");
        assertThat(session.plugin.started).isEmpty();
    }

    @Test
    void startsNothingWhenTheFilesHaveErrors() throws Exception {
        Path project = session.project(BATCH + "- {name: bad, read: {format: nothing}}\n");

        assertThat(session.odibi("run", project)).isEqualTo(2);
        assertThat(session.plugin.started).isEmpty();
        assertThat(session.err()).contains("[PLAN_NOT_INSTALLED]").endsWith("1 error in 1 file\n");
        assertThat(session.out()).isEmpty();
    }

    @Test
    void showsTheOrderAndStartsNothingOnADryRun() throws Exception {
        assertThat(session.odibi("run", session.project(BATCH), "--dry-run")).isZero();
        assertThat(session.plugin.started).isEmpty();
        assertThat(session.out()).isEqualTo("""
                        would run, in this order (nothing was started):
                          1  p.first  batch  a table → a view for other nodes
                          2  p.last   batch  first → a view for other nodes
                          3  p.other  batch  a table → a view for other nodes
                        """);
    }

    @Test
    void tellsAFailureInOneLineAndGoesOnWithTheOthers() throws Exception {
        Path project = session.project("""
                - {name: fails, read: {format: table}}
                - {name: after, depends_on: [fails]}
                - {name: other, read: {format: table}}
                """);

        assertThat(session.odibi("run", project)).isEqualTo(1);
        assertThat(session.plugin.started).containsExactly("fails", "other");
        assertThat(session.err()).isEqualTo("error: p.fails failed: cannot write: the disk is full\n");
        assertThat(session.out()).containsPattern("p.after +skipped").contains("failed after");
    }

    @Test
    void showsTheCauseOfAFailureWhenAskedForIt() throws Exception {
        Path project = session.project("- {name: fails, read: {format: table}}");

        assertThat(session.odibi("run", project, "--debug")).isEqualTo(1);
        assertThat(session.err()).contains("IllegalStateException: disk of p.fails");
    }

    @Test
    void endsByItselfWhenAStreamHasCaughtUp() throws Exception {
        assertThat(session.odibi("run", session.project(stream("ingest", "available_now"))))
                .isZero();
        assertThat(session.out())
                .contains("p.ingest streams as query query-1\n")
                .contains("p.ingest batch 3: 1,200 rows in 1.2 s (1,000 rows/s), lag 300\n");
    }

    @Test
    void failsWhenAStreamDies() throws Exception {
        assertThat(session.odibi("run", session.project(stream("dies", "1 second"))))
                .isEqualTo(1);
        assertThat(session.err()).contains("p.dies failed: cannot write: the disk is full");
    }

    @Test
    void drainsAtTheFirstSignal() throws Exception {
        int code = interrupted(session.project(stream("ingest", "1 second")), "--grace", "5s");

        assertThat(code).isEqualTo(130);
        assertThat(session.out())
                .contains("draining: the micro-batches in hand commit")
                .contains("5 seconds at most")
                .containsPattern("p.ingest +stopped +1,200 +1,200");
        assertThat(session.ends).isEmpty();
    }

    @Test
    void doesNotCallAnInterruptedBatchAClean() throws Exception {
        assertThat(interrupted(session.project(stream("stubborn", "1 second")))).isEqualTo(1);
        assertThat(session.out()).containsPattern("p.stubborn +interrupted");
    }

    @Test
    void namesTheStreamThatCannotBeStoppedAndSummarizesTheRest() throws Exception {
        Path project = session.project(stream("deaf", "1 second") + stream("ingest", "1 second"));

        assertThat(interrupted(project)).isEqualTo(1);
        assertThat(session.err())
                .isEqualTo("error: cannot stop p.deaf: it was interrupted and works on; what it has in hand is taken"
                        + " again at the next start\n");
        assertThat(session.out())
                .containsPattern("p.deaf +stuck +1,200 +1,200")
                .containsPattern("p.ingest +stopped +1,200 +1,200")
                .contains("failed after");
    }

    @Test
    void writesAnObjectForEachEvent() throws Exception {
        Path project = session.project(stream("ingest", "available_now"));

        assertThat(session.odibi("run", project, "--format", "json")).isZero();

        List<JsonNode> events = new ArrayList<>();
        for (String line : session.out().split("\n", -1)) {
            if (!line.isEmpty()) {
                events.add(new ObjectMapper().readTree(line));
            }
        }
        assertThat(events)
                .extracting(event -> event.get("event").asText())
                .containsExactly(
                        "checked", "node_started", "query_started", "batch_committed", "node_ended", "run_ended");
        assertThat(events.get(3).toString())
                .contains("\"pipeline\":\"p\",\"node\":\"ingest\"")
                .contains("\"batch\":3")
                .contains("\"rows_in\":1200")
                .contains("\"rows_per_second\":1000.0")
                .contains("\"lag\":300")
                .contains("\"watermark\":null");
        assertThat(events.get(5).get("outcome").asText()).isEqualTo("succeeded");
        assertThat(events.get(5).get("nodes").get(0).get("rows_in").asLong()).isEqualTo(1_200);
    }

    private int interrupted(Path project, String... more) {
        List<Object> arguments = new ArrayList<>(List.of("run", project));
        arguments.addAll(List.of(more));
        CompletableFuture<Integer> code = CompletableFuture.supplyAsync(
                () -> session.odibi(arguments.toArray()), task -> new Thread(task).start());
        await().until(() -> session.out().contains("batch 3"));
        session.interruption.signal();
        return code.join();
    }

    private static String stream(String name, String trigger) {
        return """
                - name: %s
                  streaming: {enabled: true, trigger: "%s"}
                  read: {format: stream}
                  write: {connection: lake, format: table, table: t}
                """.formatted(name, trigger);
    }
}
