package io.odibi.engine.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.check.CheckResult;
import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.NodeResult.Outcome;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.OutputMode;
import io.odibi.engine.Engine;
import io.odibi.engine.TestProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusedAtStartIT {

    @TempDir
    Path folder;

    @Test
    void refusesWhatCouldNotBeKnownBeforeTheStart() throws Exception {
        TestProject project = new TestProject(folder)
                .node("events")
                .availableNow()
                .read("delta", "table", Map.of())
                .sql("SELECT id FROM input LIMIT 3")
                .write("delta", "out", Map.of())
                .done();
        try (Engine engine = new Engine()) {
            CheckResult before = engine.odibi().check(project.spec(), new Findings());
            assertThat(before.findings())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.code()).isEqualTo(FindingCode.STREAM_UNKNOWN));
            var run = engine.odibi().prepare(before.orThrow(), event -> {});

            Engine.spark()
                    .range(10)
                    .write()
                    .format("delta")
                    .save(folder.resolve("table").toString());
            NodeResult result = Engine.await(Engine.inBackground(run)).nodes().get(0);

            assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(result.failure().orElseThrow().message()).contains("a limit ends a stream for good");
            assertThat(Files.exists(folder.resolve("out"))).isFalse();
        }
    }

    @Test
    void givesSparkAPlanThatItsOwnCheckerCanSeeThrough() throws Exception {
        Engine.spark()
                .range(10)
                .write()
                .format("delta")
                .save(folder.resolve("table").toString());
        TestProject project = new TestProject(folder)
                .node("events")
                .availableNow()
                .outputMode(OutputMode.COMPLETE)
                .unboundedState()
                .read("delta", "table", Map.of())
                .sql(
                        "WITH c AS (SELECT id % 2 AS k, count(*) AS n FROM input GROUP BY id % 2) SELECT * FROM c ORDER BY n")
                .write("delta", "out", Map.of())
                .done();
        try (Engine engine = new Engine()) {
            assertThat(engine.runOne(project).outcome()).isEqualTo(Outcome.SUCCEEDED);
            assertThat(Engine.delta(folder.resolve("out")).count()).isEqualTo(2);
        }
    }
}
