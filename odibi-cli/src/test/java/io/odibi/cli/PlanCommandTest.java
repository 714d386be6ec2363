package io.odibi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {

    private static final String NODES = """
            - {name: left, read: {format: table}}
            - {name: right, read: {format: table}}
            - {name: both, depends_on: [left, right], transform: {steps: [{type: keep}, {type: keep}]}}
            - {name: left_again, depends_on: [left], write: {connection: lake, format: table, table: out}}
            - name: ingest
              streaming: {enabled: true, trigger: 10 seconds, watermark: "ts, 5 minutes"}
              read: {format: stream}
              write: {connection: lake, format: table, table: events}
            """;

    private Session session;

    @BeforeEach
    void begin(@TempDir Path folder) {
        session = new Session(folder);
    }

    @Test
    void drawsNodesAndWhatTheyHandOn() throws Exception {
        assertThat(session.odibi("plan", session.project(NODES))).isZero();
        assertThat(session.out()).startsWith("""
                        project test

                              ┌────────────────────────────────────┐
                              │ left                         batch │
                              │ from   a table                     │
                           ┌──┤ to     a view for other nodes      │
                           │  └────────────────────────────────────┘
                           │  ┌────────────────────────────────────┐
                           │  │ right                        batch │
                           │  │ from   a table                     │
                        ┌──┼──┤ to     a view for other nodes      │
                        │  │  └────────────────────────────────────┘
                        │  │  ┌────────────────────────────────────┐
                        └──┼─▶│ both                         batch │
                        """);
        assertThat(session.out()).contains("""
                        stream p.ingest
                          trigger      every 10 seconds
                          output mode  append
                          watermark    ts, rows may be 5 minutes late
                          checkpoint   /lake/_odibi/test/checkpoints/p/ingest
                          restart      at most 10 times in 1 hour, after 5 seconds and up to 2 minutes
                          delivery     exactly once
                                       a stream is read again by its offsets; nothing is written
                        """).contains("spark.sql.session.timeZone = UTC\n");
        assertThat(session.plugin.started).isEmpty();
    }

    @Test
    void writesTheSameForMachines() throws Exception {
        assertThat(session.odibi("plan", session.project(NODES), "--format", "json"))
                .isZero();

        JsonNode json = new ObjectMapper().readTree(session.out());
        JsonNode both = json.get("nodes").get(2);
        assertThat(both.get("node").asText()).isEqualTo("both");
        assertThat(both.get("mode").asText()).isEqualTo("batch");
        assertThat(both.get("inputs").findValuesAsText("node")).containsExactly("left", "right");
        assertThat(both.get("steps")).hasSize(2);
        JsonNode stream = json.get("nodes").get(4).get("streaming");
        assertThat(stream.get("checkpoint").asText()).isEqualTo("/lake/_odibi/test/checkpoints/p/ingest");
        assertThat(stream.get("watermarks").get(0).get("delay").asText()).isEqualTo("5 minutes");
        assertThat(stream.get("delivery").get("guarantee").asText()).isEqualTo("exactly once");
        assertThat(json.get("engine").get("chosen").findValuesAsText("name")).contains("spark.master");
    }

    @Test
    void drawsForMarkdown() throws Exception {
        assertThat(session.odibi("plan", session.project(NODES), "--format", "mermaid"))
                .isZero();
        assertThat(session.out())
                .startsWith("flowchart LR\n  subgraph p0[\"p\"]\n    n0[\"left (batch)\"]\n")
                .contains("  n0 --> n2\n  n1 --> n2\n")
                .contains("  n4s0[(\"a stream\")] --> n4\n  n4 --> n4t[(\"table /lake/events\")]\n");
    }

    @Test
    void tellsFaultsInsteadOfAPlan() throws Exception {
        Path project = session.project("- {name: a, read: {format: nothing}}");

        assertThat(session.odibi("plan", project)).isEqualTo(2);
        assertThat(session.out()).isEmpty();
        assertThat(session.err()).contains("[PLAN_NOT_INSTALLED]");
    }

    @Test
    void showsWhatTheProjectSetsButNoSecrets() throws Exception {
        Path project = session.project("- {name: a, read: {format: table}}\n");
        String text = java.nio.file.Files.readString(project)
                + "spark: {spark.sql.shuffle.partitions: 7, spark.hadoop.fs.s3a.secret.key: hunter2}\n";
        java.nio.file.Files.writeString(project, text);

        assertThat(session.odibi("plan", project)).isZero();
        assertThat(session.out())
                .containsPattern("spark.sql.shuffle.partitions +7")
                .containsPattern("spark.hadoop.fs.s3a.secret.key +\\*+")
                .doesNotContain("hunter2");
    }
}
