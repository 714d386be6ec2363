package io.odibi.engine.wiring;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import io.odibi.core.execution.Resources;
import io.odibi.core.plan.Plan;
import io.odibi.core.port.ExecutionMode;
import io.odibi.engine.batch.BatchExecutionMode;
import io.odibi.engine.session.EngineSession;
import io.odibi.engine.streaming.QueryEvents;
import io.odibi.engine.streaming.StreamingExecutionMode;

/** An engine, put together over the session of some resources, which own and close it. */
public final class EngineComponents implements AutoCloseable {

    private final Injector injector;

    private EngineComponents(Injector injector) {
        this.injector = injector;
    }

    /** Returns the one engine of these resources, and makes it when it is first asked for. */
    public static EngineComponents of(Resources resources, Plan plan) {
        EngineSession session = EngineSession.of(resources, plan);
        return resources.shared(
                EngineComponents.class,
                () -> new EngineComponents(Guice.createInjector(Stage.DEVELOPMENT, new EngineModule(session))));
    }

    /** The mode of batch nodes. */
    public ExecutionMode batch() {
        return injector.getInstance(BatchExecutionMode.class);
    }

    /** The mode of streaming nodes. */
    public ExecutionMode streaming() {
        return injector.getInstance(StreamingExecutionMode.class);
    }

    /** Stops listening to queries. */
    @Override
    public void close() {
        injector.getInstance(QueryEvents.class).close();
    }
}
