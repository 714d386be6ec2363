package io.odibi.engine;

import io.odibi.core.model.Processing;
import io.odibi.core.port.Contributions;
import io.odibi.core.port.Plugin;
import io.odibi.engine.analysis.StreamAnalysisRule;
import io.odibi.engine.connections.EngineConnections;
import io.odibi.engine.formats.EngineFormats;
import io.odibi.engine.jdbc.DatabaseFormats;
import io.odibi.engine.wiring.EngineComponents;

/** The Spark engine: its formats, its two execution modes, and its rules. Loads no class of Spark until a plan is checked or run. */
public final class SparkEnginePlugin implements Plugin {

    /** For ServiceLoader. */
    public SparkEnginePlugin() {}

    @Override
    public void contribute(Contributions to) {
        EngineConnections.contribute(to);
        EngineFormats.contribute(to);
        DatabaseFormats.contribute(to);
        to.executionMode(
                "batch",
                new DeferredMode(
                        Processing.BATCH,
                        run -> EngineComponents.of(run.resources(), run.plan()).batch()));
        to.executionMode(
                "streaming",
                new DeferredMode(
                        Processing.STREAMING,
                        run -> EngineComponents.of(run.resources(), run.plan()).streaming()));
        to.rule(new EngineSettingsRule());
        to.rule(new StreamAnalysisRule());
    }
}
