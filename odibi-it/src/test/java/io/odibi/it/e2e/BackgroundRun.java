package io.odibi.it.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.config.Loaded;
import io.odibi.config.ProjectLoader;
import io.odibi.core.Odibi;
import io.odibi.core.catalog.PluginCatalog;
import io.odibi.core.execution.RunEvent;
import io.odibi.core.finding.FindingText;
import io.odibi.core.plan.NodeId;
import io.odibi.core.run.Run;
import io.odibi.core.run.RunResult;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A project at work in this JVM, as an embedder would run it: load, check, run. The owner closes it. */
public final class BackgroundRun implements AutoCloseable {

    private final List<RunEvent> events = new CopyOnWriteArrayList<>();
    private final Odibi odibi;
    private final Run run;
    private final CompletableFuture<RunResult> result;

    private BackgroundRun(Odibi odibi, Path project, Map<String, String> variables) {
        this.odibi = odibi;
        Loaded loaded = new ProjectLoader(variables, Clock.systemUTC()).load(project, Optional.empty());
        assertThat(loaded.project())
                .as(new FindingText().render(loaded.findings().sorted()))
                .isPresent();
        var checked = odibi.check(loaded.project().orElseThrow(), loaded.findings());
        assertThat(checked.checked())
                .as(new FindingText().render(checked.findings()))
                .isPresent();
        run = odibi.prepare(checked.orThrow(), events::add);
        result = CompletableFuture.supplyAsync(this::carryOut);
    }

    /** Starts a project with variables in the place of the environment's. */
    public static BackgroundRun start(Path project, Map<String, String> variables) {
        Odibi odibi = new Odibi(PluginCatalog.discover(BackgroundRun.class.getClassLoader()), Clock.systemUTC());
        try {
            return new BackgroundRun(odibi, project, variables);
        } catch (RuntimeException | AssertionError failed) {
            odibi.close();
            throw failed;
        }
    }

    /** How many rows micro-batches have taken and committed so far. */
    public long rowsCommitted() {
        return events.stream()
                .filter(RunEvent.BatchCommitted.class::isInstance)
                .map(RunEvent.BatchCommitted.class::cast)
                .mapToLong(event -> event.progress().rows().in().orElse(0))
                .sum();
    }

    /** What has happened so far. */
    public List<RunEvent> events() {
        return events;
    }

    /** Whether the run has ended. */
    public boolean hasEnded() {
        return result.isDone();
    }

    /** Starts a stream again, and returns whether the start is under way. */
    public boolean restart(NodeId node) throws Exception {
        return run.restart(node, Duration.ofSeconds(60));
    }

    /** Drains the run and returns how it ended; the engine's session stays until {@link #close}. */
    public RunResult drain() throws Exception {
        assertThat(run.drain(Duration.ofSeconds(60))).isTrue();
        return result.get(60, TimeUnit.SECONDS);
    }

    /** Waits for the run's own end. */
    public RunResult await() throws Exception {
        return result.get(120, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        try {
            run.drain(Duration.ZERO);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        odibi.close();
    }

    private RunResult carryOut() {
        try {
            return run.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
