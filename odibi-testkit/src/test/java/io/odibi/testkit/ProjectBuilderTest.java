package io.odibi.testkit;

import static io.odibi.testkit.ConfigValues.mapping;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.numbers.NumbersPlugin;
import io.odibi.core.Odibi;
import io.odibi.core.catalog.PluginCatalog;
import io.odibi.core.check.CheckResult;
import io.odibi.core.execution.RunEvent;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.ProjectSpec;
import io.odibi.core.plan.NodeId;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProjectBuilderTest {

    private final IdleEngine engine = new IdleEngine();
    private final PluginCatalog catalog = PluginCatalog.of(List.of(new NumbersPlugin(), engine.plugin()));

    @Test
    void makesAProjectThatCanBeCheckedAndRun() throws InterruptedException {
        RecordingListener listener = new RecordingListener();
        try (Odibi odibi = new Odibi(catalog, Clock.systemUTC())) {
            CheckResult checked = odibi.check(project("to"), new Findings());
            odibi.prepare(checked.orThrow(), listener).await();
        }
        assertThat(engine.started())
                .extracting(node -> node.id())
                .containsExactly(new NodeId("p", "read"), new NodeId("p", "next"));
        assertThat(listener.events(RunEvent.NodeEnded.class)).hasSize(2);
        assertThat(listener.events()).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void keepsThePlacesOfSettings() {
        try (Odibi odibi = new Odibi(catalog, Clock.systemUTC())) {
            CheckResult checked = odibi.check(project("too"), new Findings());
            assertThat(checked.findings())
                    .extracting(Finding::message)
                    .containsExactlyInAnyOrder("'to' is missing", "unknown key 'too'");
        }
    }

    private static ProjectSpec project(String key) {
        return new ProjectBuilder("demo")
                .connection("service", "numbers", mapping("address", "localhost:7000", "api_key", "secret"))
                .pipeline(
                        "p",
                        new NodeBuilder("read").read("service", "numbers", mapping(key, 3)),
                        new NodeBuilder("next").dependsOn("read"))
                .build();
    }
}
