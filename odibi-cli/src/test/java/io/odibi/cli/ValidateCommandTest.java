package io.odibi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {

    private static final String GOOD = """
            - {name: a, read: {format: table}}
            - name: b
              streaming: {enabled: true}
              read: {format: stream}
              write: {connection: lake, format: table, table: b}
            """;

    private Session session;

    @BeforeEach
    void begin(@TempDir Path folder) {
        session = new Session(folder);
    }

    @Test
    void saysWhatIsValid() throws Exception {
        assertThat(session.odibi("validate", session.project(GOOD))).isZero();
        assertThat(session.out()).isEqualTo("project.yaml is valid: 1 pipeline, 2 nodes (1 stream)\n");
        assertThat(session.err()).isEmpty();
        assertThat(session.plugin.started).isEmpty();
    }

    @Test
    void tellsEveryFaultWithItsMend() throws Exception {
        Path project = session.project("""
                - name: a
                  read: {format: tabel}
                - name: b
                  depends_on: [aa]
                """);

        assertThat(session.odibi("validate", project)).isEqualTo(2);
        assertThat(session.out())
                .contains("project.yaml:8:24: no source format 'tabel' is installed [PLAN_NOT_INSTALLED]")
                .contains("did you mean 'table'?")
                .contains("pipeline 'p' has no node 'aa' [PLAN_UNKNOWN_NODE]")
                .endsWith("2 errors in 1 file\n")
                .containsOnlyOnce(" errors");
    }

    @Test
    void writesTheSameForMachines() throws Exception {
        Path project = session.project("- {name: a, read: {format: tabel}}");

        assertThat(session.odibi("validate", project, "--format", "json")).isEqualTo(2);

        JsonNode json = new ObjectMapper().readTree(session.out());
        assertThat(json.get("valid").asBoolean()).isFalse();
        JsonNode finding = json.get("findings").get(0);
        assertThat(finding.get("file").asText()).isEqualTo("project.yaml");
        assertThat(finding.get("line").asInt()).isEqualTo(7);
        assertThat(finding.get("column").asInt()).isPositive();
        assertThat(finding.get("code").asText()).isEqualTo("PLAN_NOT_INSTALLED");
        assertThat(finding.get("severity").asText()).isEqualTo("error");
        assertThat(finding.get("message").asText()).contains("'tabel'");
        assertThat(finding.get("notes").get(0).get("label").asText()).isEqualTo("hint");
        assertThat(json.get("summary").toString()).isEqualTo("{\"errors\":1,\"warnings\":0,\"files\":1}");
    }

    @Test
    void writesThatAllIsWellForMachines() throws Exception {
        assertThat(session.odibi("validate", session.project(GOOD), "--format", "json"))
                .isZero();

        JsonNode json = new ObjectMapper().readTree(session.out());
        assertThat(json.get("valid").asBoolean()).isTrue();
        assertThat(json.get("findings")).isEmpty();
    }
}
