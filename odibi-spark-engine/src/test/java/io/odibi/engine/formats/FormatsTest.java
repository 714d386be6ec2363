package io.odibi.engine.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.catalog.PluginCatalog;
import io.odibi.core.describe.DataLocation;
import io.odibi.core.describe.Scan.FormatScan;
import io.odibi.core.describe.ScanSchema;
import io.odibi.core.describe.SinkTraits;
import io.odibi.core.describe.Target.FormatTarget;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.OutputMode;
import io.odibi.core.model.WriteMode;
import io.odibi.core.plan.InputPlan;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.WritePlan;
import io.odibi.core.planning.Planner;
import io.odibi.engine.SparkEnginePlugin;
import io.odibi.engine.TestProject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FormatsTest {

    private final TestProject project = new TestProject(Path.of("/project"));

    @Test
    void startsRelativePathsInTheProjectsFolder() {
        project.connection("lake", "local", Map.of("base_path", "./data"));
        assertThat(scan(batch("parquet", Map.of())).location()).contains(new DataLocation.AtPath("/project/data/x"));
        project.connection("lake", "local", Map.of());
        assertThat(scan(batch("parquet", Map.of())).location()).contains(new DataLocation.AtPath("/project/data/x"));
        project.connection("lake", "local", Map.of("base_path", "hdfs://host/data/"));
        assertThat(scan(batch("parquet", Map.of())).location()).contains(new DataLocation.AtPath("hdfs://host/data/x"));
    }

    @Test
    void takesSparksOptionsUnderSparksNamesAndInSnakeCase() {
        FormatScan scan = scan(batch(
                "csv",
                Map.of("header", "true", "null_value", "-", "sep", "\t", "quote", "", "modifiedAfter", "2026-01-01")));
        assertThat(scan.options().reveal())
                .containsOnly(
                        Map.entry("header", "true"),
                        Map.entry("nullValue", "-"),
                        Map.entry("sep", "\t"),
                        Map.entry("quote", ""),
                        Map.entry("modifiedAfter", "2026-01-01"));
    }

    @Test
    void tellsAStreamOfFilesHowToGoOn() {
        project.connection("lake", "local", Map.of("base_path", "./data"));
        FormatScan scan = scan(stream(
                "json",
                Map.of(
                        "schema_ddl", "id INT",
                        "max_files_per_trigger", "2",
                        "maxFileAge", "2 weeks",
                        "cleanSource", "archive",
                        "source_archive_dir", "read")));
        assertThat(scan.options().reveal())
                .containsOnly(
                        Map.entry("maxFilesPerTrigger", "2"),
                        Map.entry("maxFileAge", "1209600s"),
                        Map.entry("cleanSource", "archive"),
                        Map.entry("sourceArchiveDir", "/project/data/read"));
        assertThat(scan.schema())
                .isInstanceOfSatisfying(
                        ScanSchema.Declared.class,
                        declared -> assertThat(declared.ddl().text()).isEqualTo("id INT"));
    }

    @Test
    void saysThatAStreamOfFilesNeedsItsColumns() {
        assertThat(findings(stream("json", Map.of())))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).isEqualTo("a stream of json files needs 'schema'"));
        assertThat(findings(stream("text", Map.of()))).isEmpty();
    }

    @Test
    void suggestsTheOptionThatWasMeant() {
        assertThat(findings(batch("csv", Map.of("heeder", "true"))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.message()).isEqualTo("unknown key 'heeder'");
                    assertThat(finding.notes().toString()).contains("did you mean 'header'?");
                });
    }

    @Test
    void tellsTimeTravelFromStartingPoints() {
        assertThat(findings(stream("delta", Map.of("versionAsOf", "3"))))
                .singleElement()
                .satisfies(finding -> assertThat(finding.notes().toString()).contains("use 'startingVersion'"));
        assertThat(findings(batch("delta", Map.of("startingVersion", "3"))))
                .singleElement()
                .satisfies(finding -> assertThat(finding.notes().toString()).contains("use 'versionAsOf'"));
        assertThat(findings(batch("delta", Map.of("startingVersion", "3", "readChangeFeed", "true"))))
                .isEmpty();
        assertThat(findings(batch("delta", Map.of("versionAsOf", "3", "timestampAsOf", "2026-01-01"))))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .isEqualTo("'versionAsOf' and 'timestampAsOf' exclude each other"));
    }

    @Test
    void aStreamOfRatesNeedsNoPlace() {
        NodePlan node = planned(project.node("n")
                .every(Duration.ofSeconds(1))
                .read("rate", "", Map.of("rowsPerSecond", "90", "ramp_up_time", "1 minute")));
        FormatScan scan = scanOf(node);
        assertThat(scan.options().reveal())
                .containsOnly(Map.entry("rowsPerSecond", "90"), Map.entry("rampUpTime", "60s"));
        assertThat(scan.schema()).isEqualTo(new ScanSchema.Fixed("timestamp TIMESTAMP, value BIGINT"));
    }

    @Test
    void promisesWhatDeltaCanDo() {
        WritePlan write = planned(project.node("n")
                        .read("parquet", "x", Map.of())
                        .write("delta", "y", Map.of("mergeSchema", "true", "optimize_write", "true")))
                .write()
                .orElseThrow();
        assertThat(write.mode()).isEqualTo(WriteMode.OVERWRITE);
        assertThat(write.traits().outputModes()).containsExactlyInAnyOrder(OutputMode.APPEND, OutputMode.COMPLETE);
        assertThat(((FormatTarget) write.target()).options().reveal())
                .containsOnly(Map.entry("mergeSchema", "true"), Map.entry("optimizeWrite", "true"));
    }

    @Test
    void takesOnlySettingsThatDoSomethingInTheStrategyOfAnUpsert() {
        assertThat(messages("upsert", Map.of("keys", "id", "strategy", "delete_match", "merge_schema", "true")))
                .containsExactly("'merge_schema' does nothing where rows are merged by 'delete_match'");
        assertThat(messages("upsert", Map.of("keys", "id", "strategy", "append_only", "delete_condition", "true")))
                .containsExactly("'delete_condition' does nothing where rows are merged by 'append_only'");
        assertThat(messages("append_once", Map.of("keys", "id", "strategy", "upsert")))
                .containsExactly("'strategy' does nothing where rows are merged by 'append_once'");
        assertThat(messages("upsert", Map.of("keys", "id", "replaceWhere", "true")))
                .containsExactly("'replaceWhere' does nothing where rows are merged by 'upsert'");
        assertThat(messages("append_once", Map.of())).containsExactly("'mode: append_once' needs 'keys'");
        assertThat(messages("append", Map.of("strategy", "append_only")))
                .containsExactly("'strategy' is for 'mode: upsert'");
    }

    @Test
    void addsOnlyOnceWhatAStreamAppends() {
        SinkTraits traits = merging("append_once", Map.of("keys", "id")).traits();

        assertThat(traits.outputModes()).containsExactly(OutputMode.APPEND);
        assertThat(merging("upsert", Map.of("keys", "id", "strategy", "append_only"))
                        .target()
                        .label())
                .endsWith("y by id, append_only");
    }

    private WritePlan merging(String mode, Map<String, String> settings) {
        return planned(upsert(mode, settings)).write().orElseThrow();
    }

    private List<String> messages(String mode, Map<String, String> settings) {
        return findings(upsert(mode, settings)).stream().map(Finding::message).toList();
    }

    private TestProject.Node upsert(String mode, Map<String, String> settings) {
        return project.node("n")
                .read("parquet", "x", Map.of())
                .write("delta", "y", settings)
                .mode(WriteMode.valueOf(mode.toUpperCase(Locale.ROOT)));
    }

    private TestProject.Node batch(String format, Map<String, String> options) {
        return project.node("n").read(format, "x", options);
    }

    private TestProject.Node stream(String format, Map<String, String> options) {
        return project.node("n").availableNow().read(format, "x", options).write("delta", "y", Map.of());
    }

    private FormatScan scan(TestProject.Node node) {
        return scanOf(planned(node));
    }

    private static FormatScan scanOf(NodePlan node) {
        return (FormatScan)
                ((InputPlan.FromRead) node.primary().orElseThrow()).read().scan();
    }

    private NodePlan planned(TestProject.Node node) {
        Findings findings = new Findings();
        List<NodePlan> nodes =
                new Planner(catalog()).plan(node.done().spec(), findings).plan().nodes();
        assertThat(findings.sorted()).isEmpty();
        project.clear();
        return nodes.get(0);
    }

    private List<Finding> findings(TestProject.Node node) {
        Findings findings = new Findings();
        new Planner(catalog()).plan(node.done().spec(), findings);
        project.clear();
        return findings.sorted();
    }

    private static PluginCatalog catalog() {
        return PluginCatalog.of(List.of(new SparkEnginePlugin()));
    }
}
