package io.odibi.engine.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.catalog.PluginCatalog;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.WriteMode;
import io.odibi.core.planning.Planner;
import io.odibi.engine.SparkEnginePlugin;
import io.odibi.engine.TestProject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that Spark and Delta would pass over, or stop at when rows have been read already. */
final class SettingsTogetherTest {

    private static final String COLUMNS = "schema=id INT";

    private final TestProject project = new TestProject(Path.of("/project"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    json  | maxFilesPerTrigger=2                     | 'maxFilesPerTrigger' has no meaning in batch
                    csv   | cleanSource=delete                       | 'cleanSource' has no meaning in batch
                    delta | maxFilesPerTrigger=2                     | 'maxFilesPerTrigger' has no meaning in batch
                    delta | ignoreDeletes=true                       | 'ignoreDeletes' has no meaning in batch
                    delta | startingVersion=2                        | 'startingVersion' is for a stream or a change feed
                    delta | endingVersion=2                          | 'endingVersion' is for a change feed
                    delta | readChangeFeed=true                      | 'readChangeFeed' needs 'startingVersion' or 'startingTimestamp' in batch
                    delta | readChangeFeed=true;startingVersion=latest | 'startingVersion' cannot be 'latest' in batch
                    delta | readChangeFeed=true;startingVersion=3;endingVersion=2 | 'endingVersion' is before 'startingVersion'
                    delta | readChangeFeed=true;startingVersion=3;versionAsOf=4 | 'versionAsOf' does not go with 'readChangeFeed'
                    delta | startingVersion=first                    | 'startingVersion' cannot be 'first'
                    delta | timestampAsOf=yesterday                  | 'timestampAsOf' cannot be 'yesterday'
                    """)
    void tellsWhatDoesNothingInABatchRead(String format, String options, String message) {
        assertThat(messages(project.node("n").read(format, "in", options(options))))
                .containsExactly(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    json  | cleanSource=archive                      | 'cleanSource: archive' needs 'sourceArchiveDir'
                    json  | sourceArchiveDir=old                     | 'sourceArchiveDir' has no effect here
                    json  | cleanSource=delete;sourceArchiveDir=old  | 'sourceArchiveDir' has no effect here
                    json  | cleanSource=archive;sourceArchiveDir=in/old | 'sourceArchiveDir' cannot be 'in/old'
                    json  | cleanSource=archive;sourceArchiveDir=.   | 'sourceArchiveDir' cannot be '.'
                    json  | cleanSource=archive;sourceArchiveDir=s3a://b/old | 'sourceArchiveDir' cannot be 's3a://b/old'
                    csv   | latestFirst=true;maxFilesPerTrigger=1;maxFileAge=1 day | 'maxFileAge' has no effect here
                    csv   | maxFileAge=long                          | 'maxFileAge' cannot be 'long'
                    csv   | modifiedAfter=2026-01-01                 | 'modifiedAfter' has no meaning in a stream
                    """)
    void tellsWhatDoesNotGoTogetherInAStreamOfFiles(String format, String options, String message) {
        project.connection("lake", "local", Map.of("base_path", "file:/data"));
        assertThat(messages(stream(format, COLUMNS + ";" + options))).containsExactly(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    versionAsOf=3                                    | 'versionAsOf' is for batch
                    endingVersion=3                                  | 'endingVersion' has no meaning in a stream
                    startingVersion=3;startingTimestamp=2026-01-01   | 'startingVersion' and 'startingTimestamp' exclude each other
                    readChangeFeed=true;skipChangeCommits=true       | 'skipChangeCommits' has no effect on a change feed
                    maxBytesPerTrigger=much                          | 'maxBytesPerTrigger' cannot be 'much'
                    """)
    void tellsWhatDoesNotGoTogetherInAStreamOfATable(String options, String message) {
        assertThat(messages(stream("delta", options))).containsExactly(message);
    }

    @ParameterizedTest
    @CsvSource({"archive", "../old", "file:/data/old", "/elsewhere/old", "inn"})
    void takesAFolderBesideTheOneThatIsRead(String folder) {
        project.connection("lake", "local", Map.of("base_path", "file:/data"));
        assertThat(messages(stream("json", COLUMNS + ";cleanSource=archive;sourceArchiveDir=" + folder)))
                .isEmpty();
    }

    @Test
    void findsAnArchiveThatAPatternWouldMatch() {
        assertThat(ArchiveFolder.fault("/data/*/in", "/data/old/in/x")).isPresent();
        assertThat(ArchiveFolder.fault("/data/2?/in", "/data/old")).isEmpty();
        assertThat(ArchiveFolder.fault("/data/in", "/")).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    append    | replaceWhere=id = 1                  | 'replaceWhere' is for 'mode: overwrite'
                    append    | overwrite_schema=true                | 'overwrite_schema' is for 'mode: overwrite'
                    upsert    | keys=id;compression=zstd             | 'compression' does nothing where rows are merged by 'upsert'
                    overwrite | replaceWhere=id = 1;partitionOverwriteMode=dynamic | 'replaceWhere' and 'partitionOverwriteMode' exclude each other
                    """)
    void tellsWhatDoesNothingInAWrite(String mode, String options, String message) {
        assertThat(messages(project.node("n")
                        .read("parquet", "in", Map.of())
                        .write("delta", "out", options(options))
                        .mode(WriteMode.valueOf(mode.toUpperCase(Locale.ROOT)))))
                .containsExactly(message);
    }

    @Test
    void tellsWhatDoesNothingInAWriteOfAStream() {
        assertThat(messages(project.node("n")
                        .availableNow()
                        .read("delta", "in", Map.of())
                        .write("delta", "out", Map.of("replaceWhere", "id = 1"))))
                .containsExactly("'replaceWhere' has no effect in a stream");
    }

    @Test
    void knowsRatesForWhatTheyAre() {
        assertThat(messages(project.node("n").every(Duration.ofSeconds(1)).read("rate", "in", Map.of())))
                .containsExactly("a read of format 'rate' has no table and no path");
        assertThat(messages(project.node("n")
                        .every(Duration.ofSeconds(1))
                        .read("rate", "", options("rowsPerSecond=5;rampUpTime=5s"))))
                .containsExactly("'rampUpTime' is too long for 5 rows a second");
        assertThat(messages(project.node("n").read("rate", "", Map.of())))
                .containsExactly("format 'rate' cannot be read in batch");
        assertThat(messages(project.node("n").read("json", "in", Map.of()).write("rate", "out", Map.of())))
                .containsExactly("format 'rate' can be read, but not written");
    }

    private TestProject.Node stream(String format, String options) {
        return project.node("n")
                .availableNow()
                .read(format, "in", options(options))
                .write("delta", "out", Map.of());
    }

    private static Map<String, String> options(String text) {
        Map<String, String> options = new LinkedHashMap<>();
        Arrays.stream(text.split(";"))
                .map(pair -> pair.split("=", 2))
                .forEach(pair -> options.put(pair[0].strip(), pair[1].strip()));
        return options;
    }

    private List<String> messages(TestProject.Node node) {
        Findings findings = new Findings();
        new Planner(PluginCatalog.of(List.of(new SparkEnginePlugin())))
                .plan(node.done().spec(), findings);
        project.clear();
        return findings.sorted().stream().map(Finding::message).toList();
    }
}
