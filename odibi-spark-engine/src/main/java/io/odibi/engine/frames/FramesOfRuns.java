package io.odibi.engine.frames;

import io.odibi.core.port.RunContext;
import io.odibi.engine.session.EngineSession;
import java.util.Map;
import java.util.WeakHashMap;

/** The frames of each run that is going on. Safe for use by several threads. */
public final class FramesOfRuns {

    private final EngineSession session;

    // Weak, because nobody tells when a run is over; guarded by this.
    private final Map<RunContext, RunFrames> frames = new WeakHashMap<>();

    /** Makes the frames of runs that share a session. */
    public FramesOfRuns(EngineSession session) {
        this.session = session;
    }

    /** Returns the frames of a run, the same at each call. */
    public synchronized RunFrames of(RunContext run) {
        return frames.computeIfAbsent(run, first -> new RunFrames(session, run.plan()));
    }
}
