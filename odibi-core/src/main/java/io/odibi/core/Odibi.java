package io.odibi.core;

import io.odibi.core.catalog.PluginCatalog;
import io.odibi.core.check.CheckResult;
import io.odibi.core.check.CheckedPlan;
import io.odibi.core.check.PlanChecker;
import io.odibi.core.execution.Resources;
import io.odibi.core.execution.RunListener;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.ProjectSpec;
import io.odibi.core.planning.Planner;
import io.odibi.core.run.Run;
import java.time.Clock;

/**
 * The front door: checks projects and runs what has been checked.
 *
 * <pre>{@code
 * try (Odibi odibi = new Odibi(PluginCatalog.discover(loader), Clock.systemUTC())) {
 *     CheckedPlan plan = odibi.check(project, new Findings()).orThrow();
 *     RunResult result = odibi.prepare(plan, event -> {}).await();
 * }
 * }</pre>
 *
 * <p>Owns what a check and the runs after it share, such as the engine's session, and closes it. Safe for use by several threads, but
 * for one check at a time.
 */
public final class Odibi implements AutoCloseable {

    private final PluginCatalog catalog;
    private final Clock clock;
    private final Resources resources = new Resources();

    /**
     * Opens the front door.
     *
     * @param catalog what is installed
     * @param clock the time
     */
    public Odibi(PluginCatalog catalog, Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    /**
     * Checks a project: plans it, and asks every rule. Contacts no system.
     *
     * @param project as it was written
     * @param findings what the loader found; what is found here is added
     */
    public CheckResult check(ProjectSpec project, Findings findings) {
        return new PlanChecker(catalog).check(new Planner(catalog).plan(project, findings), resources);
    }

    /**
     * Prepares a run; {@link Run#await} carries it out.
     *
     * @param plan what to run
     * @param listener is told what happens
     */
    public Run prepare(CheckedPlan plan, RunListener listener) {
        return new Run(plan, catalog, listener, resources, clock);
    }

    /** What is installed. */
    public PluginCatalog catalog() {
        return catalog;
    }

    /** Closes what checks and runs share. To be called when every run has ended. */
    @Override
    public void close() {
        resources.close();
    }
}
