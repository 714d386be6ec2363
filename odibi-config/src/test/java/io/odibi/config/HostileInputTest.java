package io.odibi.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.finding.Finding;
import io.odibi.core.text.Position;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in a file: a finding at its place, in little time, and never an exception. */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileInputTest {

    @TempDir
    private Path temporary;

    private Folder folder;

    @BeforeEach
    void makeFolder() {
        folder = new Folder(temporary.resolve("p")).with("readme.txt", "");
    }

    private String lines(String yaml) {
        folder.with("project.yaml", yaml);
        return folder.lines(folder.load());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a: 1\\n\\tb: 2 | 2:1: a tab stands where YAML wants spaces",
                "a:\\n\\t- b | 2:1: a tab stands where YAML wants spaces",
                "a: b: c | 1:5: a ':' stands where no value can begin",
                "a: 1\\n  b: 2 | 2:4: a ':' stands where no value can begin",
                "a: \"x\\nb: 1\\n | 1:4: a quote is opened and never closed",
                "a: 'x | 1:4: a quote is opened and never closed",
                "a: 1\\nbcd\\ne: 2 | 2:1: a ':' is missing after this key",
                "a: [1, 2\\nb: 1 | 1:4: a '[' is opened and never closed",
                "a: {x: 1\\n | 1:4: a '{' is opened and never closed",
                "a: \"\\d+\" | 1:6: a backslash in double quotes starts an escape that YAML does not know",
                "a:\\n  - 1\\n - 2 | 3:2: the line is indented unlike the keys above it",
                "a:\\n    b: 1\\n  c: 2 | 3:3: the line is indented unlike the keys above it",
                "- a\\nb: 1 | 2:1: the line is indented unlike the list above it",
                "a: - b | 1:4: a '-' stands where no list can begin",
                "a: @x | 1:4: text cannot start with this character",
                "a: `x` | 1:4: text cannot start with this character",
                "a: %x | 1:4: text cannot start with this character",
                "a: > x\\n  y | `1:6: text stands on the line of a '|' or '>'`",
                "a: } | 1:4: the file stops being YAML here",
            })
    void explainsWhatIsNoYaml(String yaml, String told) {
        assertThat(lines(yaml.replace("\\n", "\n").replace("\\t", "\t")))
                .isEqualTo("project.yaml:" + told + " [CONFIG_SYNTAX]\n");
        assertThat(folder.text(folder.load())).contains("    fix   ").doesNotContain("scanner", "yaml.org");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a: &x 1 | 1:4: '&x' is an anchor",
                "a: *x | 1:4: '*x' is an alias",
                "a: {<<: {b: 1}} | 1:5: '<<' is a merge key",
                "a: !!int 1 | 1:4: '!!int' is a tag",
                "a: !x {b: 1} | 1:4: '!x' is a tag",
                "a: 1\\n---\\nb: 1 | 2:1: a second document starts here",
                "? [a, b]\\n: 1 | 1:3: a key cannot be a list",
                "{a: 1}: 1 | 1:1: a key cannot be a mapping",
                ": 1 | 1:1: a key is missing before ':'",
            })
    void refusesWhatTheLanguageLeavesOut(String yaml, String told) {
        assertThat(lines(yaml.replace("\\n", "\n"))).isEqualTo("project.yaml:" + told + " [CONFIG_SYNTAX]\n");
        assertThat(folder.load().project()).isEmpty();
    }

    @Test
    void neverTakesAnAliasForText() {
        assertThat(lines("a: &one {b: 1}\nc: *one\nd:\n  <<: *one\n")).isEqualTo("""
                        project.yaml:1:4: '&one' is an anchor [CONFIG_SYNTAX]
                        project.yaml:2:4: '*one' is an alias [CONFIG_SYNTAX]
                        project.yaml:4:3: '<<' is a merge key [CONFIG_SYNTAX]
                        project.yaml:4:7: '*one' is an alias [CONFIG_SYNTAX]
                        """);
    }

    @Test
    void tellsBothPlacesOfADuplicateKey() {
        folder.with("project.yaml", "pipelines: []\nproject: a\n\"project\": b\n");

        assertThat(folder.text(folder.load())).isEqualTo("""
                        project.yaml:3:1: key 'project' is there twice [CONFIG_DUPLICATE_KEY]
                            why   the first is at project.yaml:2:1
                            fix   keep one of them
                        1 error in 1 file
                        """);
        assertThat(folder.load().project().orElseThrow().name()).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# only a comment\n", "\uFEFF"})
    void refusesAnEmptyFile(String yaml) {
        assertThat(lines(yaml)).isEqualTo("project.yaml: the file is empty [CONFIG_SYNTAX]\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"just text", "- a\n- b", "42", "~", "---\n"})
    void refusesAFileThatIsNoMapping(String yaml) {
        assertThat(lines(yaml)).contains("a project cannot be").contains("[CONFIG_VALUE]");
    }

    @Test
    void takesAByteOrderMarkAndForeignLineEnds() {
        folder.with("project.yaml", "\uFEFFproject: ü\r\npipelines: []\r\n");

        assertThat(folder.project().name()).isEqualTo("ü");
    }

    @Test
    void refusesBytesThatAreNoUtf8() {
        folder.with("project.yaml", "project: ok\nowner: M\u00fcller".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(folder.lines(folder.load()))
                .isEqualTo("project.yaml:2:9: the file is not UTF-8 [CONFIG_UNREADABLE]\n");

        folder.with("project.yaml", "project: ok".getBytes(StandardCharsets.UTF_16));

        assertThat(folder.lines(folder.load())).contains("the file is not UTF-8 [CONFIG_UNREADABLE]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\u001b[31m", "\u0007", "\u0085", "\u007f", "\ufffe"})
    void refusesControlCharacters(String character) {
        assertThat(lines("project: a\nowner: x" + character))
                .isEqualTo(String.format(
                        "project.yaml:2:9: the file holds the control character U+%04X [CONFIG_UNREADABLE]%n",
                        (int) character.charAt(0)));
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 5_000, 20_000})
    void refusesDeepNesting(int depth) {
        assertThat(lines("a: " + "[".repeat(depth) + "]".repeat(depth)))
                .matches("project.yaml:1:\\d+: values are nested more than 100 deep \\[CONFIG_SYNTAX\\]\n");
        assertThat(lines("{a: ".repeat(depth))).contains("nested more than 100 deep");
        assertThat(lines("- ".repeat(depth))).contains("nested more than 100 deep");
        assertThat(lines("? ".repeat(depth))).contains("nested more than 100 deep");
    }

    @Test
    void takesNestingThatAPersonMayWrite() {
        assertThat(lines("pipelines: []\nvars: {x: " + "[".repeat(90) + "]".repeat(90) + "}"))
                .isEmpty();
    }

    @Test
    void refusesAFilePastThreeMegabytesBeforeItIsParsed() {
        assertThat(lines("pipelines: []\n#" + "\t{[&*".repeat(700_000)))
                .contains("is larger than 3 MB [CONFIG_UNREADABLE]");
    }

    @Test
    void refusesMoreValuesThanAnyProjectHas() {
        assertThat(lines("vars: {x: [" + "1,\n".repeat(900_000) + "]}"))
                .contains("the file holds more than 200000 values [CONFIG_SYNTAX]");
    }

    @Test
    void refusesALineLongerThanAnyPersonWrites() {
        assertThat(lines("project: x\nowner: " + "x".repeat(2_000_000)))
                .isEqualTo("project.yaml:2:1: the line is longer than 100000 characters [CONFIG_SYNTAX]\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "'", "\"", "[", "{", "a: ", "- \n", "? ", "a\n", "|", "*a ", "!a ", "#\n", "%", "${", "\\"})
    void neverHangs(String piece) {
        assertThat(lines("project: x\nowner: " + piece.repeat(90_000 / piece.length())))
                .isNotEmpty();
        String line = piece.repeat(900 / piece.length());
        assertThat(lines("project: x\nowner:\n" + ("  " + line + "\n").repeat(3_000)))
                .isNotEmpty();
    }

    @Test
    void refusesAFolderWhereAFileIsMeant() throws Exception {
        Files.createDirectory(folder.path().resolve("project.yaml"));

        assertThat(folder.lines(folder.load()))
                .isEqualTo("project.yaml: cannot read 'project.yaml': it is a folder [CONFIG_UNREADABLE]\n");
    }

    @Test
    void refusesAPipeWithoutWaitingForIt() throws Exception {
        Path pipe = folder.path().resolve("project.yaml");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThat(folder.lines(folder.load()))
                .isEqualTo("project.yaml: cannot read 'project.yaml': it is no regular file [CONFIG_UNREADABLE]\n");
        assertThat(folder.lines(folder.loadFile("project.yaml"))).contains("it is no regular file");
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThat(folder.lines(folder.loadFile("nowhere.yaml")))
                .isEqualTo("nowhere.yaml: there is no file 'nowhere.yaml' [CONFIG_UNREADABLE]\n");
        assertThat(folder.lines(folder.load())).contains("holds no *.yaml file [CONFIG_UNREADABLE]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pipelines: x",
                "pipelines: {}",
                "pipelines: [x, [], {}]",
                "pipelines: [{pipeline: p, nodes: x}]",
                "pipelines: [{pipeline: p, nodes: [x, {}, [], ~]}]",
                "pipelines: [{pipeline: [], nodes: [{name: {}}]}]",
                "pipelines: [{pipeline: p, nodes: [{name: n, read: x, write: [], inputs: x, transform: x, streaming: x}]}]",
                "pipelines: [{pipeline: p, nodes: [{name: n, read: {}, write: {streaming: x}, inputs: {a: []}}]}]",
                "pipelines: [{pipeline: p, nodes: [{name: n, transform: {steps: {}}, params: x}]}]",
                "{pipelines: [], connections: x, vars: x, environments: x, spark: x, imports: {}}",
                "{pipelines: [], connections: {a: x, b: [], c: ~}, spark: {a: []}, environments: {a: x}}",
                "pipelines:",
            })
    void refusesWrongKindsEverywhere(String yaml) {
        assertThat(lines(yaml)).contains("CONFIG_");
        assertThat(folder.load().findings().sorted())
                .allSatisfy(finding -> assertThat(finding.at()).isNotEqualTo(Position.NONE))
                .extracting(Finding::message)
                .allSatisfy(message -> assertThat(message).doesNotContain("java", "Optional", "null"));
    }
}
