package io.odibi.it.findings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.odibi.config.JsonSchema;
import io.odibi.config.Loaded;
import io.odibi.config.ProjectLoader;
import io.odibi.core.Odibi;
import io.odibi.core.catalog.PluginCatalog;
import io.odibi.core.finding.FindingText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every YAML block in the docs and every shipped example is a project without faults. */
class DocsIT {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");

    private static final PluginCatalog CATALOG = PluginCatalog.discover(DocsIT.class.getClassLoader());
    private static final Odibi ODIBI = new Odibi(CATALOG, Clock.systemUTC());
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final com.networknt.schema.JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(new JsonSchema().generate(CATALOG));

    @AfterAll
    static void close() {
        ODIBI.close();
    }

    @ParameterizedTest(name = "{0}, block {1}")
    @MethodSource("blocks")
    void hasNoFaultInTheBlock(Path page, int number, String yaml, @TempDir Path folder) throws Exception {
        Path project = Files.writeString(folder.resolve("project.yaml"), yaml);

        assertThat(faults(project)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void hasNoFaultInTheExample(Path example) {
        assertThat(faults(example)).isEmpty();
    }

    @ParameterizedTest(name = "{0}, block {1}")
    @MethodSource("blocks")
    void fitsTheSchemaForEditors(Path page, int number, String yaml) throws Exception {
        assertThat(SCHEMA.validate(YAML.readTree(yaml))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void fitsTheSchemaForEditors(Path example) throws Exception {
        JsonNode project = YAML.readTree(example.resolve("project.yaml").toFile());

        assertThat(SCHEMA.validate(project)).isEmpty();
    }

    @Test
    void findsPlantedFaultsByTheSchemaForEditors() throws Exception {
        String sound = Files.readString(ROOT.resolve("examples/earthquakes/project.yaml"));

        assertThat(List.of(
                        sound.replace("output_mode: append", "output_mode: apend"),
                        sound.replace("startingOffsets:", "startingOfsets:"),
                        sound.replace("type: derive", "type: derive\n              colums: {}"),
                        sound.replace("    type: kafka", "    type: kafka\n    bootstrap_severs: x")))
                .allSatisfy(faulty ->
                        assertThat(SCHEMA.validate(YAML.readTree(faulty))).isNotEmpty());
    }

    @Test
    void tellsTheMistakeAsTheReadmeShowsIt(@TempDir Path folder) throws Exception {
        String readme = Files.readString(ROOT.resolve("README.md"));
        Matcher block = BLOCK.matcher(readme);
        assertThat(block.find()).isTrue();
        Path project =
                Files.writeString(folder.resolve("project.yaml"), block.group(1).replace("trigger:", "trigerr:"));

        String told = faults(project).replace(folder.toString(), "myproject");

        assertThat(readme).contains("```text\n" + told + "```");
    }

    @Test
    void findsTheBlocksAndTheExamples() throws Exception {
        assertThat(blocks()).hasSizeGreaterThan(3);
        assertThat(examples()).isNotEmpty();
    }

    private static String faults(Path project) {
        Map<String, String> noVariables = Map.of();
        Loaded loaded = new ProjectLoader(noVariables, Clock.systemUTC()).load(project, Optional.empty());
        return new FindingText()
                .render(loaded.project()
                        .map(spec -> ODIBI.check(spec, loaded.findings()).findings())
                        .orElseGet(() -> loaded.findings().sorted()));
    }

    private static Stream<Arguments> blocks() throws IOException {
        List<Arguments> found = new ArrayList<>();
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            Stream<Path> pages = Stream.concat(Stream.of(ROOT.resolve("README.md")), docs);
            for (Path page : (Iterable<Path>)
                    pages.filter(path -> path.toString().endsWith(".md")).sorted()::iterator) {
                Matcher block = BLOCK.matcher(Files.readString(page));
                for (int number = 1; block.find(); number++) {
                    if (!block.group(1).startsWith("# yaml-language-server")) {
                        found.add(Arguments.of(ROOT.relativize(page), number, block.group(1)));
                    }
                }
            }
        }
        return found.stream();
    }

    private static Stream<Path> examples() throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> folders = Files.list(ROOT.resolve("examples"))) {
            folders.filter(folder -> Files.exists(folder.resolve("project.yaml")))
                    .forEach(found::add);
        }
        return found.stream();
    }
}
