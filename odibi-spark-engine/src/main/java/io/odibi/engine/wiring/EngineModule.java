package io.odibi.engine.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.odibi.engine.batch.BatchExecutionMode;
import io.odibi.engine.frames.FramesOfRuns;
import io.odibi.engine.session.EngineSession;
import io.odibi.engine.streaming.QueryEvents;
import io.odibi.engine.streaming.StreamingExecutionMode;

/** The parts of an engine over one session. */
final class EngineModule extends AbstractModule {

    private final EngineSession session;

    EngineModule(EngineSession session) {
        this.session = session;
    }

    @Provides
    @Singleton
    FramesOfRuns frames() {
        return new FramesOfRuns(session);
    }

    @Provides
    @Singleton
    QueryEvents events() {
        return new QueryEvents(session.spark());
    }

    @Provides
    @Singleton
    BatchExecutionMode batch(FramesOfRuns frames) {
        return new BatchExecutionMode(session, frames);
    }

    @Provides
    @Singleton
    StreamingExecutionMode streaming(FramesOfRuns frames, QueryEvents events) {
        return new StreamingExecutionMode(session, frames, events);
    }
}
