package io.odibi.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.TextOrigin.Layout;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariablesTest {

    @TempDir
    private Path temporary;

    private Folder folder;

    @BeforeEach
    void makeFolder() {
        folder = new Folder(temporary).env("HOST", "h1").env("EMPTY", "").env("MORE", "a ${HOST}");
    }

    private Folder connection(String settings) {
        return folder.with(
                "project.yaml",
                "pipelines: []\nvars: {region: eu, bucket: \"b-${vars.region}-${HOST}\", list: [a, '${HOST}']}\n"
                        + "connections:\n  c:\n    type: t\n"
                        + settings.indent(4));
    }

    private Mapping settings(String settings) {
        return connection(settings).project().connections().get("c").settings();
    }

    private Scalar value(String written) {
        return (Scalar) settings("v: " + written).find("v").orElseThrow().value();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "${HOST} | h1",
                "${env:HOST}:9092 | h1:9092",
                "${NONE:-x y} | x y",
                "${NONE:-} | ``",
                "${env:NONE:-localhost:9092} | localhost:9092",
                "${EMPTY:-x} | x",
                "a${EMPTY}b | ab",
                "'${HOST}${HOST}' | h1h1",
                "\"${vars.bucket}/in\" | b-eu-h1/in",
                "${vars.none:-d} | d",
                "$${HOST} | ${HOST}",
                "cost: $5 and $HOST | `cost: $5 and $HOST`",
                "${MORE} | a ${HOST}",
                "${date:today} | 2026-03-15",
                "${date:-7d:%Y%m%d} | 20260308",
                "${date:+1m} | 2026-04-15",
                "${date:now} | 2026-03-15T10:20:30",
                "${date:yesterday:%d.%m.%y %%} | 14.03.26 %",
                "${date:start_of_month} | 2026-03-01",
                "${date:end_of_month} | 2026-03-31",
                "${date:start_of_year:%b %j} | Jan 001",
            })
    void fillsIn(String written, String text) {
        String quoted = written.contains(": ") ? "'" + written + "'" : written;
        assertThat(value(quoted).text()).isEqualTo(text == null ? "" : text);
    }

    @Test
    void fillsValuesAndNeverKeysOrComments() {
        Mapping settings = settings("${HOST}: 1 # ${NONE}\n# ${NONE}\nlist: ['${HOST}', {x: \"${HOST}\"}]");

        assertThat(settings.find("${HOST}")).isPresent();
        assertThat(settings.find("list").orElseThrow().value())
                .asString()
                .contains("text=h1")
                .doesNotContain("${");
    }

    @Test
    void keepsAnUnquotedValueUnquoted() {
        assertThat(value("${HOST}").style()).isEqualTo(Scalar.Style.PLAIN);
        assertThat(value("'${HOST}'").style()).isEqualTo(Scalar.Style.QUOTED);
        assertThat(value("${EMPTY}").isNothing()).isTrue();
    }

    @Test
    void putsAListWhereOneVariableIsTheWholeValue() {
        assertThat(settings("v: ${vars.list}").find("v").orElseThrow().value().kind())
                .isEqualTo("a list");
        assertThat(folder.lines(connection("v: a-${vars.list}").load()))
                .contains("'vars.list' is a list, which cannot stand inside text [CONFIG_VARIABLE]");
    }

    @Test
    void keepsTheLineOfASqlTextUnlessAVariableAddsLines() {
        folder.env("LINES", "a\nb");

        assertThat(value("|\n  SELECT ${HOST}\n  FROM x").origin().layout()).isEqualTo(Layout.BLOCK);
        assertThat(value("SELECT ${HOST}").origin().layout()).isEqualTo(Layout.LINE);
        assertThat(value("SELECT ${LINES}").origin().layout()).isEqualTo(Layout.UNKNOWN);
    }

    @Test
    void namesAMissingVariableAndItsMend() {
        folder.env("KAFKA_BOOTSTRAP", "secret-host");
        connection("v: |\n  a\n  b ${KAFKA_BOTSTRAP}\nw: ${vars.regin}");

        assertThat(folder.text(folder.load())).isEqualTo("""
                        project.yaml:8:9: variable 'KAFKA_BOTSTRAP' is not set [CONFIG_VARIABLE]
                            hint  did you mean 'KAFKA_BOOTSTRAP'?
                            fix   set it in the environment or in .env, or write a default: '${KAFKA_BOTSTRAP:-...}'
                        project.yaml:9:8: 'vars' has no 'regin' [CONFIG_VARIABLE]
                            allow bucket, list, region
                            hint  did you mean 'region'?
                        2 errors in 1 file
                        """);
        assertThat(folder.load().project()).isPresent();
    }

    @Test
    void tellsAMissingVariableOnceOnly() {
        folder.with(
                "project.yaml",
                "pipelines: [{pipeline: p, nodes: [{name: n, read: {format: rate}, streaming: {trigger: '${T}'}}]}]");

        assertThat(folder.lines(folder.load()))
                .isEqualTo("project.yaml:1:89: variable 'T' is not set [CONFIG_VARIABLE]\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "${A B} | '${A B}' is no variable",
                "${HOST | '${' is opened and never closed",
                "${} | '${}' is no variable",
                "${date:someday} | '${date:someday}' is no date",
                "${date:today:%Q} | '${date:today:%Q}' is no date",
                "${date:999999y} | '${date:999999y}' is no date",
                "${recipe.x} | '${recipe.x}' is no variable",
            })
    void refusesWhatIsNoVariable(String written, String told) {
        assertThat(folder.lines(connection("v: '" + written + "'").load()))
                .isEqualTo("project.yaml:6:9: " + told + " [CONFIG_VARIABLE]\n");
    }

    @Test
    void refusesVariablesThatGoInCirclesOrGrowWithoutBound() {
        folder.with("project.yaml", "pipelines: []\nvars: {a: '${vars.b}', b: '${vars.a}'}");
        assertThat(folder.lines(folder.load())).contains("variables stand for each other: b -> a -> b");

        StringBuilder lists = new StringBuilder("pipelines: []\nvars:\n  v0: [x]\n");
        StringBuilder texts = new StringBuilder("pipelines: []\nvars:\n  v0: xxxxxxxxxx\n");
        for (int i = 1; i < 9; i++) {
            lists.append("  v" + i + ": [" + ("'${vars.v" + (i - 1) + "}', ").repeat(10) + "]\n");
            texts.append("  v" + i + ": '" + ("${vars.v" + (i - 1) + "}").repeat(10) + "'\n");
        }
        folder.with("project.yaml", lists.toString());
        assertThat(folder.lines(folder.load())).contains("variables stand for more than 200000 values");
        folder.with("project.yaml", texts.toString());
        assertThat(folder.lines(folder.load())).contains("the text grows past 1000000 characters");
    }

    @Test
    void readsTheDotEnvFileBelowTheProcess() {
        folder.with(".env", "# comment\nHOST=other\nexport FILE='a b' # c\nPLAIN=x # y\n\nURL=\"http://h/#a\"\nE=\n");

        assertThat(value("'${HOST}|${FILE}|${PLAIN}|${URL}|${E}'").text()).isEqualTo("h1|a b|x|http://h/#a|");
    }

    @Test
    void neverShowsALineOfTheDotEnvFile() {
        folder.with(".env", "A=1\nhunter2\n");
        connection("v: 1");

        assertThat(folder.text(folder.load()))
                .contains(".env:2:1: the line sets nothing [CONFIG_SYNTAX]")
                .doesNotContain("hunter2");
    }
}
