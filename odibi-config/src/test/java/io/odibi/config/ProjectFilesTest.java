package io.odibi.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.catalog.PluginCatalog;
import io.odibi.core.finding.FindingText;
import io.odibi.core.model.PipelineSpec;
import io.odibi.core.model.ProjectSpec;
import io.odibi.core.planning.Planner;
import io.odibi.core.text.ConfigValue.Scalar;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders, imports and environments. */
class ProjectFilesTest {

    private static final String PIPELINE = "pipeline: %s\nnodes: [{name: n, read: {format: rate}}]\n";

    @TempDir
    private Path temporary;

    private Folder folder;

    @BeforeEach
    void makeFolder() {
        folder = new Folder(temporary.resolve("demo"));
    }

    private static List<String> pipelines(ProjectSpec project) {
        return project.pipelines().stream()
                .map(PipelineSpec::name)
                .map(Object::toString)
                .toList();
    }

    private static String setting(ProjectSpec project, String connection, String key) {
        return project.connections().get(connection).settings().entries().stream()
                .filter(entry -> entry.key().equals(key))
                .map(entry -> ((Scalar) entry.value()).text())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void mergesTheFilesOfAFolder() {
        folder.with("z.yaml", "connections: {z: {type: t}}\npipelines: [{" + "pipeline: from_z, nodes: []}]")
                .with("project.yaml", "connections: {a: {type: t}}\npipelines:\n  - {pipeline: first, nodes: []}\n")
                .with("b.yml", PIPELINE.formatted("fragment"))
                .with(".hidden.yaml", "nonsense: 1")
                .with("env.prod.yaml", "nonsense: 1")
                .with("sub/c.yaml", "nonsense: 1");

        ProjectSpec project = folder.project();

        assertThat(pipelines(project)).containsExactly("first", "fragment", "from_z");
        assertThat(project.connections()).containsOnlyKeys("a", "z");
        assertThat(project.name()).isEqualTo("demo");
    }

    @Test
    void takesAPipelineAloneAsAFile() {
        folder.with("p.yaml", "project: x\nconnections: {a: {type: t}}\n" + PIPELINE.formatted("only"));

        ProjectSpec project = folder.clean(folder.loadFile("p.yaml"));

        assertThat(pipelines(project)).containsExactly("only");
        assertThat(project.connections()).containsOnlyKeys("a");
        assertThat(project.folder()).isEqualTo(folder.path());
    }

    @Test
    void refusesNamesThatTwoFilesOfAFolderClaim() {
        folder.with("project.yaml", "project: x\nconnections: {a: {type: t}}\npipelines: []")
                .with("b.yaml", "project: y\nconnections: {a: {type: u}}");

        assertThat(folder.text(folder.load())).isEqualTo("""
                        b.yaml:1:1: key 'project' is there twice [CONFIG_DUPLICATE_KEY]
                            why   another file of the folder has it, at project.yaml:1:1
                            fix   keep one of them
                        b.yaml:2:15: connection 'a' is there twice [CONFIG_DUPLICATE_NAME]
                            why   the first is at project.yaml:2:15
                            fix   give one of them another name
                        2 errors in 1 file
                        """);
    }

    @Test
    void handsDuplicatePipelinesAndNodesToThePlanner() {
        folder.with("project.yaml", "pipelines:\n- {pipeline: p, nodes: [{name: n, depends_on: [m]}, {name: n}]}")
                .with("b.yaml", PIPELINE.formatted("p"));
        Loaded loaded = folder.load();

        new Planner(PluginCatalog.of(List.of())).plan(loaded.project().orElseThrow(), loaded.findings());

        assertThat(folder.lines(loaded))
                .contains(
                        "project.yaml:2:60: node 'n' is there twice [CONFIG_DUPLICATE_NAME]",
                        "pipeline 'p' is there twice [CONFIG_DUPLICATE_NAME]");
    }

    @Test
    void laysAFileOverItsImports() {
        folder.with(
                        "main.yaml",
                        "imports: [parts/a.yaml, parts/b.yaml]\nconnections: {c: {type: t, v: main}}\n"
                                + "pipelines: [{pipeline: main, nodes: []}]")
                .with("parts/a.yaml", "imports: deep/x.yaml\nconnections: {c: {type: t, v: a, w: a}, d: {type: a}}")
                .with("parts/b.yaml", "connections: {d: {type: b}}\npipelines: [{pipeline: b, nodes: []}]")
                .with("parts/deep/x.yaml", "pipelines: [{pipeline: x, nodes: []}]");

        ProjectSpec project = folder.clean(folder.loadFile("main.yaml"));

        assertThat(pipelines(project)).containsExactly("x", "b", "main");
        assertThat(setting(project, "c", "v")).isEqualTo("main");
        assertThat(setting(project, "c", "w")).isEqualTo("a");
        assertThat(project.connections().get("d").type().value()).isEqualTo("b");
    }

    @Test
    void readsAnImportOnceHoweverOftenItIsNamed() {
        folder.with("project.yaml", "imports: [a.yaml, ./b.yaml]\npipelines: []")
                .with("a.yaml", "imports: [b.yaml, project.yaml, a.yaml]")
                .with("b.yaml", "imports: a.yaml\npipelines: [{pipeline: b, nodes: []}]");

        assertThat(pipelines(folder.project())).containsExactly("b");
    }

    @Test
    void fillsVariablesIntoImports() {
        folder.env("PART", "b").with("project.yaml", "imports: ${PART}.yml\npipelines: []");
        folder.with("b.yml", "vars: {x: 1}");

        assertThat(folder.project().pipelines()).isEmpty();
    }

    @Test
    void tellsAnImportThatIsNotThere() {
        folder.with("project.yaml", "imports:\n  - none.yaml\n  - sub\npipelines: []")
                .with("sub/x.yaml", "");

        assertThat(folder.lines(folder.load())).isEqualTo("""
                        project.yaml:2:5: there is no file 'none.yaml' [CONFIG_IMPORT]
                        project.yaml:3:5: cannot read 'sub': it is a folder [CONFIG_UNREADABLE]
                        """);
        assertThat(folder.load().project()).isEmpty();
    }

    @Test
    void endsImportsThatRunWild() {
        for (int i = 0; i < 1_100; i++) {
            folder.with("p" + i + ".yaml", "imports: p" + (i + 1) + ".yaml");
        }

        assertThat(folder.lines(folder.loadFile("p0.yaml"))).contains("the project has more than 1000 files");
    }

    @Test
    void tellsTheFaultsOfAllFilesAtOnceButGuessesNothing() {
        folder.with("project.yaml", "pipelines: [{pipeline: p, node: []}]").with("broken.yaml", "a: b: c");

        Loaded loaded = folder.load();

        assertThat(folder.lines(loaded)).contains("broken.yaml:1:5", "project.yaml:1:27: unknown key 'node'");
        assertThat(loaded.project()).isEmpty();
    }

    private Folder withEnvironments() {
        return folder.with("project.yaml", """
                vars: {size: 1}
                connections: {lake: {type: local, base_path: ./data, keep: k}}
                pipelines:
                  - pipeline: p
                    nodes:
                      - {name: a, read: {format: rate, rowsPerSecond: 1}}
                      - {name: b, depends_on: [a]}
                environments:
                  prod:
                    vars: {size: 100}
                    connections: {lake: {base_path: "${PROD_PATH}"}}
                    spark: {master: "local[${vars.size}]"}
                    pipelines:
                      - pipeline: p
                        nodes: [{name: a, read: {rowsPerSecond: 9}}, {name: c, depends_on: [b]}]
                  dev: {}
                """);
    }

    @Test
    void laysAnEnvironmentOverTheProject() {
        withEnvironments().env("PROD_PATH", "/lake");

        ProjectSpec project = folder.clean(folder.loadIn("prod"));

        assertThat(setting(project, "lake", "base_path")).isEqualTo("/lake");
        assertThat(setting(project, "lake", "keep")).isEqualTo("k");
        assertThat(project.engine()).hasToString("{spark.master=local[100]}");
        assertThat(project.pipelines()).hasSize(1);
        assertThat(project.pipelines().get(0).nodes())
                .extracting(node -> node.name().value())
                .containsExactly("a", "b", "c");
        assertThat(Folder.node(project, "a").read().orElseThrow().settings().toString())
                .contains("text=9");
    }

    @Test
    void needsNoVariablesOfAnotherEnvironment() {
        ProjectSpec project = folder.clean(withEnvironments().loadIn("dev"));

        assertThat(setting(project, "lake", "base_path")).isEqualTo("./data");
        assertThat(project.engine()).isEmpty();
    }

    @Test
    void laysTheFileOfAnEnvironmentOverTheProject() {
        withEnvironments().with("env.dev.yaml", "connections: {lake: {base_path: /dev}}");
        folder.with("env.test.yaml", "connections: {lake: {base_path: /test}}");

        assertThat(setting(folder.clean(folder.loadIn("dev")), "lake", "base_path"))
                .isEqualTo("/dev");
        assertThat(setting(folder.clean(folder.loadIn("test")), "lake", "base_path"))
                .isEqualTo("/test");
    }

    @Test
    void refusesAnEnvironmentThatIsNotThere() {
        assertThat(folder.text(withEnvironments().loadIn("prd"))).isEqualTo("""
                        project.yaml:9:3: there is no environment 'prd' [CONFIG_ENVIRONMENT]
                            allow prod, dev
                            hint  did you mean 'prod'?
                        1 error in 1 file
                        """);
        assertThat(folder.lines(folder.loadIn("../../etc"))).contains("CONFIG_ENVIRONMENT");
    }

    @Test
    void checksEveryEnvironment() {
        folder.with("project.yaml", "pipelines: []\nenvironments: {prod: {conections: {}}, dev: [x]}");

        assertThat(folder.text(folder.load()))
                .contains(
                        "unknown key 'conections' [CONFIG_UNKNOWN_KEY]\n    at    environments.prod",
                        "did you mean 'connections'?",
                        "'dev' cannot be a list [CONFIG_VALUE]");
    }

    @Test
    void keepsPlacesOfASecondFile() {
        folder.with("project.yaml", "pipelines: []").with("b.yaml", "\n\nconections: {}");

        assertThat(new FindingText().render(folder.load().findings().sorted()))
                .startsWith(folder.path().resolve("b.yaml") + ":3:1: unknown key 'conections'");
    }
}
