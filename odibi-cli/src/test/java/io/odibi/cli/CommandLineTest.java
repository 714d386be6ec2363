package io.odibi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    private Session session;

    @BeforeEach
    void begin(@TempDir Path folder) {
        session = new Session(folder);
    }

    @Test
    void tellsAnUnknownOptionAndWhichWasMeant() {
        assertThat(session.odibi("run", "x.yaml", "--ennv=prod")).isEqualTo(3);
        assertThat(session.err())
                .isEqualTo("error: unknown option '--ennv'; did you mean '--env'?; 'odibi run --help' tells more\n");
        assertThat(session.out()).isEmpty();
    }

    @Test
    void tellsAnUnknownCommandAndWhichWasMeant() {
        assertThat(session.odibi("validat")).isEqualTo(3);
        assertThat(session.err()).startsWith("error: unknown command 'validat'; did you mean 'validate'?");
    }

    @Test
    void tellsWhatIsMissing() {
        assertThat(session.odibi("plan")).isEqualTo(3);
        assertThat(session.err()).startsWith("error: PROJECT is missing;");
    }

    @Test
    void tellsWhichFormatsThereAre() {
        assertThat(session.odibi("validate", "x.yaml", "--format", "xml")).isEqualTo(3);
        assertThat(session.err())
                .contains("text")
                .contains("json")
                .contains("xml")
                .hasLineCount(1);
    }

    @Test
    void tellsAPathThatIsNotThereAndWhichWasMeant(@TempDir Path folder) throws Exception {
        Session other = new Session(folder);
        other.project("- {name: a, read: {format: table}}");

        assertThat(other.odibi("validate", folder.resolve("projekt.yaml"))).isEqualTo(3);
        assertThat(other.err()).isEqualTo("error: no file or folder 'projekt.yaml'; did you mean 'project.yaml'?\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "validate", "plan", "connectors", "schema", "demo"})
    void helpsWithEachCommand(String command) {
        assertThat(session.odibi(command, "--help")).isZero();
        assertThat(session.odibi("help", command)).isZero();
        assertThat(session.out()).contains("Usage: odibi " + command).contains("--debug");
        assertThat(session.err()).isEmpty();
    }

    @Test
    void showsWhatThereIsWithoutACommand() {
        assertThat(session.odibi()).isZero();
        for (String command : List.of("run", "validate", "plan", "connectors", "schema", "demo")) {
            assertThat(session.out()).containsPattern("(?m)^  " + command + " +[A-Z].*\\.$");
        }
    }

    @Test
    void showsItsVersions() {
        assertThat(session.odibi("--version")).isZero();
        assertThat(session.out())
                .containsPattern("Odibi \\d+\\.\\d+")
                .contains("Spark 3.5")
                .contains("Java 17");
    }

    @Test
    void tellsAGraceThatIsNoTime() {
        assertThat(session.odibi("run", "x.yaml", "--grace", "soon")).isEqualTo(3);
        assertThat(session.err())
                .startsWith("error: '--grace' cannot be 'soon'")
                .contains("'10 seconds'");
    }

    @Test
    void describesWhatIsInstalled() {
        assertThat(session.odibi("connectors")).isZero();
        assertThat(session.out())
                .contains("connection types")
                .containsPattern("local +A folder of files")
                .contains("transforms")
                .containsPattern("keep +Changes nothing");
    }

    @Test
    void describesEachSettingOfAConnector() {
        assertThat(session.odibi("connectors", "local")).isZero();
        assertThat(session.out()).isEqualTo("""
                        connection type local   A folder of files
                          base_path   required
                              Where files are
                              is a folder
                          password   optional, never shown
                              Opens the folder
                              is a secret
                          x.*
                              whatever x takes
                        """);
    }

    @Test
    void showsDefaultsAndOtherNames() {
        assertThat(session.odibi("connectors", "stream")).isZero();
        assertThat(session.out()).contains("patience (also wait)   default 1 minute 30 seconds");
    }

    @Test
    void tellsAConnectorThatIsNotInstalled() {
        assertThat(session.odibi("connectors", "locall")).isEqualTo(3);
        assertThat(session.err()).contains("did you mean 'local'?");
    }

    @Test
    void refusesADemoWithoutTheDistribution() {
        assertThat(session.odibi("demo")).isEqualTo(3);
        assertThat(session.err()).contains("full distribution");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--events=0", "--seconds=-1", "--rate=0", "--rate=NaN"})
    void refusesADemoOfNothing(String option) {
        assertThat(session.odibi("demo", option)).isEqualTo(3);
        assertThat(session.err())
                .contains(option.substring(0, option.indexOf('=')))
                .contains("cannot be");
    }
}
