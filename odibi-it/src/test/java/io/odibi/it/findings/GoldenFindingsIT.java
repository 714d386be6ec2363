package io.odibi.it.findings;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.config.Loaded;
import io.odibi.config.ProjectLoader;
import io.odibi.connector.kafka.KafkaPlugin;
import io.odibi.core.Odibi;
import io.odibi.core.catalog.PluginCatalog;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.FindingText;
import io.odibi.core.finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every finding code has a bad project and the exact text that it gets, and {@code docs/errors.md} explains it with that text. Run with
 * {@code -Dodibi.golden.update=true} to write the texts anew, then read the difference.
 */
class GoldenFindingsIT {

    private static final boolean UPDATE = Boolean.getBoolean("odibi.golden.update");
    private static final Path GOLDENS = Path.of("src/test/resources/findings").toAbsolutePath();
    private static final Path CONFIG_GOLDENS = Path.of("../odibi-config/src/test/resources/findings")
            .toAbsolutePath()
            .normalize();
    private static final Path DOCS =
            Path.of("../docs/errors.md").toAbsolutePath().normalize();

    private static final Odibi ODIBI =
            new Odibi(PluginCatalog.discover(GoldenFindingsIT.class.getClassLoader()), Clock.systemUTC());

    private static final Odibi WITHOUT_ENGINE =
            new Odibi(PluginCatalog.of(List.of(new KafkaPlugin())), Clock.systemUTC());

    @AfterAll
    static void close() {
        WITHOUT_ENGINE.close();
        ODIBI.close();
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void tellsTheFaultAsWritten(Path golden) throws Exception {
        Path project = Files.exists(golden.resolve("project.yaml")) ? golden.resolve("project.yaml") : golden;

        boolean withEngine = !golden.endsWith("PLAN_NO_EXECUTION_MODE");
        List<Finding> findings = check(project, withEngine ? ODIBI : WITHOUT_ENGINE);

        String text = new FindingText().render(findings).replace(golden + "/", "");
        if (UPDATE) {
            Files.writeString(golden.resolve("expected.txt"), text);
        }
        assertThat(text).isEqualTo(Files.readString(golden.resolve("expected.txt")));
        assertThat(findings).extracting(Finding::code).contains(FindingCode.valueOf(code(golden)));
    }

    @Test
    void hasAGoldenForEachCode() throws IOException {
        List<String> codes = allGoldens().map(GoldenFindingsIT::code).toList();

        assertThat(codes)
                .containsAll(Arrays.stream(FindingCode.values()).map(Enum::name).toList());
    }

    @ParameterizedTest
    @EnumSource(FindingCode.class)
    void explainsEachCodeInTheDocs(FindingCode code) throws IOException {
        String docs = Files.readString(DOCS);
        String heading = "### " + code + (code.severity() == Severity.WARNING ? " (warning)" : "") + "\n";
        assertThat(docs).contains(heading);
        int start = docs.indexOf(heading) + heading.length();
        int next = docs.indexOf("\n##", start);
        String section = docs.substring(start, next < 0 ? docs.length() : next);
        Path golden = allGoldens()
                .filter(one -> code(one).equals(code.name()))
                .findFirst()
                .orElseThrow();
        String expected = Files.readString(golden.resolve("expected.txt"));
        if (UPDATE) {
            String mended = section.contains("```text\n")
                    ? section.replaceFirst(
                            "(?s)```text\n.*?```", Matcher.quoteReplacement("```text\n" + expected + "```"))
                    : section.stripTrailing() + "\n\n```text\n" + expected + "```\n";
            docs = docs.replace(heading + section, heading + mended);
            Files.writeString(DOCS, docs);
            section = mended;
        }
        assertThat(section).contains("```text\n" + expected + "```");
    }

    private static List<Finding> check(Path project, Odibi odibi) {
        Map<String, String> noVariables = Map.of();
        Loaded loaded = new ProjectLoader(noVariables, Clock.systemUTC()).load(project, Optional.empty());
        return loaded.project()
                .map(spec -> odibi.check(spec, loaded.findings()).findings())
                .orElseGet(() -> loaded.findings().sorted());
    }

    private static String code(Path golden) {
        return golden.getFileName().toString().replaceFirst("-.*", "");
    }

    private static Stream<Path> goldens() throws IOException {
        return foldersIn(GOLDENS);
    }

    /** Those of the text's own faults are tested beside the loader. */
    private static Stream<Path> allGoldens() throws IOException {
        return Stream.concat(foldersIn(CONFIG_GOLDENS), goldens());
    }

    private static Stream<Path> foldersIn(Path home) throws IOException {
        try (Stream<Path> folders = Files.list(home)) {
            return folders.filter(Files::isDirectory).sorted().toList().stream();
        }
    }
}
